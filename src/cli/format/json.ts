import type { LabelSet } from '../../domain/labels/index.js';
import { encodeBody } from '../../receivers/kit/go-json.js';
import type { ApiAlert, ApiMatcher, ApiSilence, ApiStatus } from '../client/models.js';
import type { Formatter } from './formatter.js';

/** One line, members in the order in which amtool prints them: `silence import` takes it back, and people cut it with tools. */
export const jsonFormatter: Formatter = {
  alerts: (alerts) => encodeBody(alerts.map(alertJson)),
  silences: (silences) => encodeBody(silences.map(silenceJson)),
  config: (status) =>
    encodeBody({
      cluster: clusterJson(status),
      config: { original: status.original },
      uptime: status.uptime.apiText,
      versionInfo: status.versionInfo,
    }),
  cluster: (status) => encodeBody(clusterJson(status)),
};

const alertJson = (alert: ApiAlert): object => ({
  annotations: mapOf(alert.annotations),
  endsAt: alert.endsAt.apiText,
  fingerprint: alert.fingerprint,
  receivers: alert.receivers.map((name) => ({ name })),
  startsAt: alert.startsAt.apiText,
  status: {
    inhibitedBy: alert.inhibitedBy ?? null,
    mutedBy: alert.mutedBy ?? null,
    silencedBy: alert.silencedBy ?? null,
    state: alert.state,
  },
  updatedAt: alert.updatedAt.apiText,
  generatorURL: alert.generatorURL || undefined,
  labels: mapOf(alert.labels),
});

const silenceJson = (silence: ApiSilence): object => ({
  id: silence.id,
  status: { state: silence.state },
  updatedAt: silence.updatedAt.apiText,
  annotations: silence.annotations.size === 0 ? undefined : mapOf(silence.annotations),
  comment: silence.comment,
  createdBy: silence.createdBy,
  endsAt: silence.endsAt.apiText,
  matchers: silence.matchers.map(matcherJson),
  startsAt: silence.startsAt.apiText,
});

const matcherJson = ({ isEqual, isRegex, name, value }: ApiMatcher): object => ({ isEqual, isRegex, name, value });

const clusterJson = ({ cluster: { name, peers, status } }: ApiStatus): object => ({
  name: name || undefined,
  peers: peers.map(({ address, name }) => ({ address, name })),
  status,
});

const mapOf = (labels: LabelSet): ReadonlyMap<string, string> => new Map(labels.entries());
