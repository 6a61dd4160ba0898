import { type DynamicModule, Module } from '@nestjs/common';
import { PLATFORM, type Platform } from '../platform/platform.js';
import { ALERTMANAGER_FILES, type OpenedStorage, STORAGE, openStorage } from './open-storage.js';
import type { Storage } from './storage.js';
import type { AlertmanagerFiles } from './upstream/alertmanager-files.js';

const OPENED = Symbol('OPENED');

type Opened = Pick<OpenedStorage, 'storage'> & { readonly files: AlertmanagerFiles | null };

/** The one place that knows which adapter runs. Whoever stops the process closes it, after everything that writes. */
@Module({})
export class StorageModule {
  static register(storage: Storage | undefined): DynamicModule {
    const open = async (platform: Platform): Promise<Opened> => {
      if (!storage) return openStorage(platform);
      await storage.open();
      return { storage, files: null };
    };
    return {
      module: StorageModule,
      providers: [
        { provide: OPENED, inject: [PLATFORM], useFactory: open },
        { provide: STORAGE, inject: [OPENED], useFactory: (opened: Opened) => opened.storage },
        { provide: ALERTMANAGER_FILES, inject: [OPENED], useFactory: (opened: Opened) => opened.files },
      ],
      exports: [STORAGE, ALERTMANAGER_FILES],
    };
  }
}
