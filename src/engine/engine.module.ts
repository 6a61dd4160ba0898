import { type DynamicModule, Module, type Type } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import type { Ruleset } from '../domain/ruleset/index.js';
import { systemClock } from '../platform/clock.js';
import { listedClock } from '../platform/listed-clock.js';
import { PLATFORM, type Platform } from '../platform/platform.js';
import type { Storage } from '../storage/storage.js';
import { STORAGE } from '../storage/open-storage.js';
import { createEngine } from './create-engine.js';
import type { Deliver, Engine } from './engine.js';
import { engineOptions } from './engine-options.js';

/** The token under which modules find it. */
export const ENGINE = Symbol('ENGINE');

export interface EngineWiring {
  /** Modules that offer storage and delivery. */
  readonly imports: readonly (Type | DynamicModule)[];
  /** The token of what has `deliver`: the engine does not know who sends. */
  readonly delivery: symbol;
  readonly ruleset: Ruleset;
}

/** The due-queue's one timer stands in the scheduler's list with all other timers of the process. */
@Module({})
export class EngineModule {
  static register({ imports, delivery, ruleset }: EngineWiring): DynamicModule {
    return {
      module: EngineModule,
      imports: [...imports],
      providers: [
        {
          provide: ENGINE,
          inject: [PLATFORM, STORAGE, delivery, SchedulerRegistry],
          useFactory: (
            platform: Platform,
            storage: Storage,
            sender: { readonly deliver: Deliver },
            timers: SchedulerRegistry,
          ): Engine => {
            const { ids, log, metrics } = platform;
            // Only real time needs a list of timers; a clock that stands still keeps its own.
            const clock = platform.clock === systemClock ? listedClock(timers, 'engine') : platform.clock;
            const options = engineOptions(platform);
            return createEngine({ clock, ids, log, metrics, storage, deliver: sender.deliver, ruleset, options });
          },
        },
      ],
      exports: [ENGINE],
    };
  }
}
