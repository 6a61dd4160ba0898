import { type DynamicModule, Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { ApiModule } from './api/api.module.js';
import type { ExtOptions } from './api/ext/ext.js';
import { ExtModule } from './api/ext/ext.module.js';
import { SdModule } from './api/ext/sd.module.js';
import type { OpsOptions } from './api/ops/ops.js';
import { DELIVERY, DeliveryModule } from './delivery/delivery.module.js';
import type { Ruleset } from './domain/ruleset/index.js';
import { EngineModule } from './engine/engine.module.js';
import type { Platform } from './platform/platform.js';
import { PlatformModule } from './platform/platform.module.js';
import type { Storage } from './storage/storage.js';
import { StorageModule } from './storage/storage.module.js';

export interface AppWiring {
  readonly platform: Platform;
  /** The first configuration. */
  readonly ruleset: Ruleset;
  readonly ops: OpsOptions;
  readonly ext: ExtOptions;
  /** In the place of the data directory. */
  readonly storage: Storage | undefined;
}

/** All modules of the process, by name. */
@Module({})
export class AppModule {
  static register({ platform, ruleset, ops, ext, storage }: AppWiring): DynamicModule {
    const storageModule = StorageModule.register(storage);
    return {
      module: AppModule,
      imports: [
        PlatformModule.register(platform),
        ScheduleModule.forRoot(),
        EngineModule.register({ imports: [storageModule, DeliveryModule], delivery: DELIVERY, ruleset }),
        DeliveryModule,
        storageModule,
        ApiModule.register(ops),
        ExtModule.register(ext),
        SdModule,
      ],
    };
  }
}
