/** What is true, kept apart from the engine: what was acknowledged to senders and operators. */
import type { Instant } from '../../src/domain/time/index.js';
import { ALERT_COUNT, labelsOf } from './history.js';

export interface TrueAlert {
  readonly number: number;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
}

export interface TrueSilence {
  id: string;
  readonly alertname: string;
  readonly setAt: Instant;
  startsAt: Instant;
  endsAt: Instant;
}

export class World {
  readonly alerts = new Map<number, TrueAlert>();
  readonly silences: TrueSilence[] = [];
  /** Instants at which the process died. */
  readonly crashes: Instant[] = [];

  /** Every state an alert was in, oldest first: from `at` on it fires until `endsAt`. */
  readonly #reports: { readonly number: number; readonly at: Instant; readonly endsAt: Instant }[] = [];

  report(number: number, startsAt: Instant, endsAt: Instant, now: Instant): void {
    this.alerts.set(number, { number, startsAt, endsAt });
    this.#reports.push({ number, at: now, endsAt });
  }

  /** As it was believed then; reports of that very instant do not count either way. */
  #wasFiring(number: number, then: Instant): boolean {
    const before = this.#reports.findLast((report) => report.number === number && report.at < then);
    const isMoot = this.#reports.some((report) => report.number === number && report.at === then);
    return !isMoot && before !== undefined && before.endsAt > then;
  }

  isFiring(alert: number, now: Instant): boolean {
    const known = this.alerts.get(alert);
    return known !== undefined && known.endsAt > now;
  }

  /** Silences that were set or lifted at that very instant do not count. */
  wasSilenced(alertname: string, then: Instant): boolean {
    return this.silences.some(
      (s) => s.alertname === alertname && s.setAt < then && s.startsAt <= then && then < s.endsAt,
    );
  }

  /** In doubt yes. */
  wasMuted(labels: Readonly<Record<string, string>>, then: Instant): boolean {
    const { silences } = this;
    const isMeant = silences.some((s) => s.alertname === labels['alertname'] && s.startsAt <= then && then <= s.endsAt);
    return isMeant || this.wasInhibited(labels, then);
  }

  /** At some instant of that time. In doubt yes. */
  mayHaveBeenMuted({ alertname }: Readonly<Record<string, string>>, from: Instant, to: Instant): boolean {
    return (
      alertname === 'Slow' ||
      this.silences.some((s) => s.alertname === alertname && s.startsAt <= to && from <= s.endsAt)
    );
  }

  isInhibited(target: Readonly<Record<string, string>>, now: Instant): boolean {
    return sourcesOf(target).some((number) => this.isFiring(number, now));
  }

  wasInhibited(target: Readonly<Record<string, string>>, then: Instant): boolean {
    return sourcesOf(target).some((number) => this.#wasFiring(number, then));
  }
}

/** `Full` in a zone mutes `Slow` there. */
function sourcesOf({ alertname, zone }: Readonly<Record<string, string>>): readonly number[] {
  if (alertname !== 'Slow') return [];
  return Array.from({ length: ALERT_COUNT }, (_, number) => number).filter((number) => {
    const labels = labelsOf(number);
    return labels['alertname'] === 'Full' && labels['zone'] === zone;
  });
}
