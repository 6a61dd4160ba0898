import { type DynamicModule, Module } from '@nestjs/common';

import { ExtController } from './ext.controller.js';
import { EXT, type ExtOptions } from './ext.js';

/** What Alertmanager's API does not have, below /api/ext/v1. */
@Module({})
export class ExtModule {
  static register(ext: ExtOptions): DynamicModule {
    return { module: ExtModule, controllers: [ExtController], providers: [{ provide: EXT, useValue: ext }] };
  }
}
