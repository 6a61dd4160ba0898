import { setImmediate as nextTurn } from 'node:timers/promises';

import {
  type Alert,
  type PostedAlert,
  completeAlert,
  completeTimes,
  hasGoodTimes,
  isResolved,
  validateAlert,
} from '../../domain/alert/index.js';
import type { Instant } from '../../domain/time/index.js';
import { errorText } from '../../platform/log.js';
import type { Answer } from '../server/handler.js';
import { ALERTS_REQUIRED, AlertReader, notAList, undecodable } from './alert-body.js';
import { type Refusal, answerEmpty, answerMessage, answerRefusal } from './answers.js';
import type { ApiOptions } from './api.js';
import { decodeList } from './json-decode.js';
import { type PlainBatch, PlainBatches } from './plain-batch.js';

/** So many alerts at a time are judged and handed over, of large ones fewer; a usual batch is one piece. */
const PIECE = 1_000;
const PIECE_LABELS = 50_000;

/**
 * POST /api/v2/alerts.
 *
 * The whole body is read before anything is stored. Then valid alerts are stored even when others of the batch are not, and
 * 200 is said when they are written. Facts: reference "HTTP interface", section 7.4.
 */
export class AlertPosts {
  readonly #plain: PlainBatches | undefined;

  constructor(private readonly api: ApiOptions) {
    this.#plain = openPlainBatches(api);
  }

  post(answer: Answer, body: Buffer): Promise<void> {
    const { api } = this;
    const plain = this.#plain?.read(body);
    if (!plain) return postOther(api, answer, body);
    const now = api.clock.now();
    const completed = completePlain(api, plain, now);
    if (!completed) return postOneByOne(api, answer, plain.alerts);
    countReceived(api, completed, now);
    return api.engine.post(completed, plain).then(() => answerEmpty(answer, 200));
  }
}

/** None where there is no WebAssembly, or no memory for it: every body can be read without. */
function openPlainBatches({ matcherMode, engine, log }: ApiOptions): PlainBatches | undefined {
  try {
    return new PlainBatches(matcherMode, engine);
  } catch (error) {
    log.warn('Alerts are read the slow way', { err: errorText(error) });
    return undefined;
  }
}

/** Of these all but the times is known to be right. undefined when the times of one are not. */
function completePlain({ engine }: ApiOptions, { alerts }: PlainBatch, now: Instant): readonly Alert[] | undefined {
  const { resolveTimeout } = engine.ruleset.config;
  const completed: Alert[] = [];
  for (const posted of alerts) {
    const alert = completeTimes(posted, resolveTimeout, now);
    if (!hasGoodTimes(alert)) return undefined;
    completed.push(alert);
  }
  return completed;
}

async function postOther(api: ApiOptions, answer: Answer, body: Buffer): Promise<void> {
  const posted = await readAlerts(body);
  if (!Array.isArray(posted)) return answerRefusal(answer, posted as Refusal);
  return postOneByOne(api, answer, posted);
}

async function postOneByOne(api: ApiOptions, answer: Answer, posted: readonly PostedAlert[]): Promise<void> {
  const problems = await storeAlerts(api, posted);
  if (problems.length === 0) return answerEmpty(answer, 200);
  const message = problems.join('\n');
  api.log.error('Failed to validate alerts', { err: message });
  answerMessage(answer, 400, message);
}

async function readAlerts(body: Buffer): Promise<readonly PostedAlert[] | Refusal> {
  const decoded = await decodeList(body);
  if ('error' in decoded) return decoded.error === 'EOF' ? ALERTS_REQUIRED : undecodable(decoded.error);
  if ('other' in decoded) return decoded.other === null ? [] : notAList(decoded.other);
  const reader = new AlertReader();
  for await (const batch of decoded.batches) {
    reader.read(batch);
    if (reader.isDone) break;
  }
  return reader.fault ?? reader.alerts;
}

/** What was wrong, one text for each alert that was refused. */
async function storeAlerts(api: ApiOptions, posted: readonly PostedAlert[]): Promise<readonly string[]> {
  const now = api.clock.now();
  const { resolveTimeout } = api.engine.ruleset.config;
  const problems: string[] = [];
  const stored: Promise<void>[] = [];
  for (let start = 0, end: number; start < posted.length; start = end) {
    if (start > 0) await nextTurn();
    end = endOfPiece(posted, start);
    const completed = posted.slice(start, end).map((alert) => completeAlert(alert, resolveTimeout, now));
    const valid = keepValid(api, completed, problems);
    if (valid.length > 0) stored.push(api.engine.post(valid));
  }
  await Promise.all(stored);
  return problems;
}

function endOfPiece(posted: readonly PostedAlert[], start: number): number {
  let labels = 0;
  let end = start;
  while (end < posted.length && end - start < PIECE && labels < PIECE_LABELS) labels += posted[end++]?.labels.size ?? 0;
  return end;
}

function keepValid(api: ApiOptions, alerts: readonly Alert[], problems: string[]): Alert[] {
  const valid: Alert[] = [];
  for (const alert of alerts) {
    const judged = validateAlert(alert, api.matcherMode);
    if (judged.ok) valid.push(alert);
    else problems.push(judged.issues[0]?.message ?? '');
  }
  countReceived(api, alerts, api.clock.now());
  if (valid.length < alerts.length) api.metrics.alerts.invalid.inc({ version: 'v2' }, alerts.length - valid.length);
  return valid;
}

function countReceived({ metrics }: ApiOptions, alerts: readonly Alert[], now: Instant): void {
  let resolved = 0;
  for (const alert of alerts) if (isResolved(alert, now)) resolved++;
  const { received } = metrics.alerts;
  if (resolved < alerts.length) received.inc({ status: 'firing', version: 'v2' }, alerts.length - resolved);
  if (resolved > 0) received.inc({ status: 'resolved', version: 'v2' }, resolved);
}
