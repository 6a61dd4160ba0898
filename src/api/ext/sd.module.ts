import { Module } from '@nestjs/common';

import { SdController } from './sd.controller.js';

/** Service discovery for Prometheus. */
@Module({ controllers: [SdController] })
export class SdModule {}
