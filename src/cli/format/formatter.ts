/** What one form of output can print. */
import type { ApiAlert, ApiSilence, ApiStatus } from '../client/models.js';

export interface Formatter {
  alerts(alerts: readonly ApiAlert[]): string;
  silences(silences: readonly ApiSilence[]): string;
  config(status: ApiStatus): string;
  cluster(status: ApiStatus): string;
}
