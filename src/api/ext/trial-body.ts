/** The body of a trial, checked by hand; all of it may be left out. */
import { type Alert, type PostedAlert, completeAlert, validateAlert } from '../../domain/alert/index.js';
import { type Result, failed, ok } from '../../domain/issue/index.js';
import type { MatcherMode } from '../../domain/labels/index.js';
import { type Instant, duration } from '../../domain/time/index.js';
import { AlertReader } from '../v2/alert-body.js';

export interface TrialBody {
  readonly alerts: readonly Alert[];
  readonly dryRun: boolean;
  readonly status: 'firing' | 'resolved';
  readonly integration: string | undefined;
}

/** More than a message shows. */
const MOST_ALERTS = 100;
const MEMBERS: readonly string[] = ['alerts', 'dryRun', 'status', 'integration'];

export function readTrialBody(body: unknown, mode: MatcherMode, now: Instant): Result<TrialBody> {
  if (body === undefined || body === null || body === '') return readTrialBody({}, mode, now);
  if (typeof body !== 'object' || Array.isArray(body)) return wrong('', 'an object is wanted');
  const unknown = Object.keys(body).find((name) => !MEMBERS.includes(name));
  if (unknown !== undefined) return wrong(unknown, `not known here; there are ${MEMBERS.join(', ')}`);
  // The members are looked at one by one.
  const { alerts = [], dryRun = false, status = 'firing', integration } = body as Record<string, unknown>;
  if (typeof dryRun !== 'boolean') return wrong('dryRun', 'true or false is wanted');
  if (status !== 'firing' && status !== 'resolved') return wrong('status', 'firing or resolved is wanted');
  if (integration !== undefined && typeof integration !== 'string')
    return wrong('integration', 'a name is wanted, such as "slack[0]"');
  if (!Array.isArray(alerts) || alerts.length > MOST_ALERTS)
    return wrong('alerts', `a list of at most ${MOST_ALERTS} alerts is wanted`);
  const read = readAlerts(alerts, mode, now);
  return read.ok ? ok({ alerts: read.value, dryRun, status, integration }) : read;
}

function readAlerts(values: readonly unknown[], mode: MatcherMode, now: Instant): Result<readonly Alert[]> {
  const reader = new AlertReader();
  reader.read(values);
  if (reader.fault) return wrong('alerts', reader.fault.message);
  const alerts = reader.alerts.map((posted: PostedAlert) => completeAlert(posted, duration(0), now));
  for (const alert of alerts) {
    const checked = validateAlert({ ...alert, endsAt: alert.startsAt }, mode);
    if (!checked.ok) return wrong('alerts', checked.issues[0]?.message ?? '');
  }
  return ok(alerts);
}

const wrong = (path: string, message: string): Result<never> => failed({ code: 'invalid-value', path, message });
