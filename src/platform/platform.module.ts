import { type DynamicModule, Module } from '@nestjs/common';
import { PLATFORM, type Platform } from './platform.js';

/** Known everywhere: it is below everything. */
@Module({})
export class PlatformModule {
  static register(platform: Platform): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [{ provide: PLATFORM, useValue: platform }],
      exports: [PLATFORM],
    };
  }
}
