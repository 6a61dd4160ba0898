import { duration } from '../domain/time/index.js';
import type { Platform } from '../platform/platform.js';
import type { EngineOptions } from './context.js';

export type OptionsSource = Pick<Platform, 'options' | 'features' | 'address' | 'startedAt' | 'stopGrace'>;

/** What the command line and the features say of the engine. */
export function engineOptions({ options, features, address, startedAt, stopGrace }: OptionsSource): EngineOptions {
  return {
    retention: duration(options.retention),
    maintenanceInterval: duration(options.maintenanceInterval),
    alertGcInterval: duration(options.alertGcInterval),
    startDelay: duration(options.startDelay),
    startedAt,
    perAlertnameLimit: options.perAlertnameLimit,
    maxSilences: options.maxSilences,
    maxSilenceSizeBytes: options.maxSilenceSizeBytes,
    logSilences: options.logSilences,
    alertDurability: options.alertDurability,
    strict: options.compat === 'strict',
    countAlertNames: features.enabled.has('alert-names-in-metrics'),
    countGroupKeys: features.enabled.has('group-key-in-metrics'),
    externalURL: address.externalURL,
    stopGrace,
  };
}
