import { Module } from '@nestjs/common';
import { PLATFORM, type Platform } from '../platform/platform.js';
import { STORAGE, openStorage } from './open-storage.js';

/** The one place that knows which adapter runs. Whoever stops the process closes it, after everything that writes. */
@Module({
  providers: [{ provide: STORAGE, inject: [PLATFORM], useFactory: (platform: Platform) => openStorage(platform) }],
  exports: [STORAGE],
})
export class StorageModule {}
