import { type DynamicModule, Module } from '@nestjs/common';
import { PLATFORM, type Platform } from '../platform/platform.js';
import { STORAGE, openStorage } from './open-storage.js';
import type { Storage } from './storage.js';

/** The one place that knows which adapter runs. Whoever stops the process closes it, after everything that writes. */
@Module({})
export class StorageModule {
  static register(storage: Storage | undefined): DynamicModule {
    const open = async (platform: Platform): Promise<Storage> => {
      if (!storage) return openStorage(platform);
      await storage.open();
      return storage;
    };
    return {
      module: StorageModule,
      providers: [{ provide: STORAGE, inject: [PLATFORM], useFactory: open }],
      exports: [STORAGE],
    };
  }
}
