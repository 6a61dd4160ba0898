/**
 * Tries a receiver: each of its integrations is built anew, sends once and is closed. Groups, the notification log, the
 * running channels and their metrics know nothing of it.
 *
 * Keeps: one attempt for each integration, none longer than `LONGEST_TRY`. Bound: `MOST_AT_ONCE` trials under way.
 */
import { type Failure, type FailureReason, type Outcome } from '../domain/notify/index.js';
import type { IntegrationConfig, Ruleset } from '../domain/ruleset/index.js';
import { duration, plus } from '../domain/time/index.js';
import type { Clock } from '../platform/clock.js';
import type { HttpClientFactory } from '../platform/http-client/index.js';
import { type Logger, errorText } from '../platform/log.js';
import { type Channel, type ReceiverKind, isManifest } from '../receivers/receiver.js';
import { CallLimits } from './call-limit.js';
import { type Exchange, Recorder } from './recorder.js';
import { compileRedact } from './redact.js';
import { readSecretFiles } from './secret-files.js';
import { type TrialSubject, trialNotification } from './trial-notification.js';

export interface TrialParts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly http: HttpClientFactory;
  /** The registry. */
  readonly kinds: readonly ReceiverKind[];
  /** What runs now. */
  readonly ruleset: () => Pick<Ruleset, 'receivers' | 'templates'>;
  /** Without a slash at the end. */
  readonly externalURL: string;
}

export interface TrialRequest extends Omit<TrialSubject, 'externalURL'> {
  /** `slack[0]`; all when undefined. */
  readonly integration: string | undefined;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

export interface IntegrationTrial {
  /** `slack[0]` */
  readonly integration: string;
  readonly status: 'delivered' | 'rendered' | 'skipped' | 'failed';
  readonly reason?: FailureReason;
  readonly message?: string;
  readonly exchanges: readonly Exchange[];
  readonly durationMs: number;
}

export type TrialAnswer =
  | { readonly kind: 'tried'; readonly integrations: readonly IntegrationTrial[] }
  | { readonly kind: 'unknown'; readonly message: string }
  | { readonly kind: 'busy'; readonly message: string };

export interface Trials {
  run(request: TrialRequest): Promise<TrialAnswer>;
}

const LONGEST_TRY = duration(20_000);
const MOST_AT_ONCE = 4;

export function createTrials(parts: TrialParts): Trials {
  let running = 0;
  return {
    async run(request) {
      const chosen = choose(request, parts.ruleset());
      if (typeof chosen === 'string') return { kind: 'unknown', message: chosen };
      if (running >= MOST_AT_ONCE)
        return { kind: 'busy', message: `${MOST_AT_ONCE} receivers are being tried already, try again later` };
      running++;
      try {
        const trials = chosen.map((integration) => tryIntegration(integration, request, parts));
        return { kind: 'tried', integrations: await Promise.all(trials) };
      } finally {
        running--;
      }
    },
  };
}

function choose(
  { receiver, integration }: TrialRequest,
  { receivers }: Pick<Ruleset, 'receivers'>,
): readonly IntegrationConfig[] | string {
  const found = receivers.get(receiver);
  if (!found) return `no receiver is called ${JSON.stringify(receiver)}; there are: ${namesOf([...receivers.keys()])}`;
  const { integrations } = found;
  if (integration === undefined) return integrations;
  const chosen = integrations.filter((one) => nameOf(one) === integration);
  if (chosen.length > 0) return chosen;
  return `receiver ${JSON.stringify(receiver)} has no ${JSON.stringify(integration)}; it has: ${namesOf(integrations.map(nameOf))}`;
}

const namesOf = (names: readonly string[]): string => names.join(', ') || 'none';
const nameOf = ({ type, index }: IntegrationConfig): string => `${type}[${index}]`;

async function tryIntegration(
  integration: IntegrationConfig,
  request: TrialRequest,
  parts: TrialParts,
): Promise<IntegrationTrial> {
  const { clock } = parts;
  const { settings, sendResolved } = integration;
  const name = nameOf(integration);
  if (request.status === 'resolved' && !sendResolved)
    return { integration: name, status: 'skipped', message: 'send_resolved is false', exchanges: [], durationMs: 0 };
  const recorder = new Recorder(clock, request.dryRun);
  const fromFiles = await readSecretFiles(settings);
  const began = clock.elapsed();
  const outcome = await sendOnce(integration, request, recorder, parts);
  const durationMs = Math.round(clock.elapsed() - began);
  const redact = compileRedact([settings, ...fromFiles, ...recorder.concealed]);
  const rest = { exchanges: recorder.exchanges(redact), durationMs };
  if (outcome.kind === 'delivered')
    return { integration: name, status: request.dryRun ? 'rendered' : 'delivered', ...rest };
  const { reason, message } = outcome;
  return { integration: name, status: 'failed', reason, message: redact(message), ...rest };
}

async function sendOnce(
  { type, index, settings }: IntegrationConfig,
  request: TrialRequest,
  recorder: Recorder,
  { clock, log, http, kinds, ruleset, externalURL }: TrialParts,
): Promise<Outcome> {
  const kind = kinds.find((one) => one.type === type);
  if (!kind || !isManifest(kind)) return failure(`this version cannot send by ${type} yet`);
  const now = clock.now();
  const notification = trialNotification({ ...request, externalURL }, now);
  const limit = new CallLimits(clock).under(request.signal, plus(now, LONGEST_TRY));
  let channel: Channel | undefined;
  try {
    channel = kind.build(settings, {
      templates: ruleset().templates,
      http: recorder.watch(http),
      clock,
      log: log.with({ component: 'trial', receiver: request.receiver, integration: `${type}[${index}]` }),
      witness: recorder,
    });
    const outcome = await channel.send(notification, limit);
    return outcome.kind !== 'delivered' && limit.aborted ? limit.failure : outcome;
  } catch (error) {
    return failure(errorText(error));
  } finally {
    limit.lift();
    await channel?.close?.();
  }
}

const failure = (message: string): Failure => ({ kind: 'rejected', reason: 'other', message });
