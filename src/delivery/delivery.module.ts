import { Module } from '@nestjs/common';
import { PLATFORM, type Platform } from '../platform/platform.js';
import { RECEIVERS } from '../receivers/registry.js';
import { type Delivery, createDelivery } from './delivery.js';

/** The token under which modules find it. */
export const DELIVERY = Symbol('DELIVERY');

@Module({
  providers: [
    {
      provide: DELIVERY,
      inject: [PLATFORM],
      useFactory: ({ clock, ids, log, metrics, http }: Platform): Delivery =>
        createDelivery({ clock, ids, log, metrics, http, kinds: RECEIVERS }),
    },
  ],
  exports: [DELIVERY],
})
export class DeliveryModule {}
