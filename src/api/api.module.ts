import { type DynamicModule, Module } from '@nestjs/common';

import { DebugController } from './ops/debug.controller.js';
import { OPS, type OpsOptions } from './ops/ops.js';
import { OpsController } from './ops/ops.controller.js';
import { TombstoneController } from './ops/tombstone.controller.js';

/** The management endpoints. API v2 stands in front of the framework (server/http-server.module.ts). */
@Module({})
export class ApiModule {
  static register(ops: OpsOptions): DynamicModule {
    return {
      module: ApiModule,
      controllers: [OpsController, TombstoneController, DebugController],
      providers: [{ provide: OPS, useValue: ops }],
    };
  }
}
