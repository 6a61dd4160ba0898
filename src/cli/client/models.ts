/** What API v2 answers, read into shapes of our own. Lists that a router leaves out (older ones do) stay undefined. */
import { LabelSet } from '../../domain/labels/index.js';
import { type Moment, parseMoment } from '../../domain/time/index.js';
import { ToolError } from '../tool-error.js';

export interface ApiAlert {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: Moment;
  readonly endsAt: Moment;
  readonly updatedAt: Moment;
  readonly fingerprint: string;
  readonly generatorURL: string;
  readonly receivers: readonly string[];
  readonly state: string;
  readonly inhibitedBy: readonly string[] | undefined;
  readonly mutedBy: readonly string[] | undefined;
  readonly silencedBy: readonly string[] | undefined;
}

export interface ApiMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean | undefined;
}

export interface ApiSilence {
  readonly id: string;
  readonly state: string;
  readonly matchers: readonly ApiMatcher[];
  readonly startsAt: Moment;
  readonly endsAt: Moment;
  readonly updatedAt: Moment;
  readonly createdBy: string;
  readonly comment: string;
  readonly annotations: LabelSet;
}

export interface ApiStatus {
  readonly cluster: { readonly name: string; readonly status: string; readonly peers: readonly ApiPeer[] };
  readonly versionInfo: ReadonlyMap<string, string>;
  readonly original: string;
  readonly uptime: Moment;
}

export interface ApiPeer {
  readonly address: string;
  readonly name: string;
}

export function readAlert(json: unknown): ApiAlert {
  const alert = members(json);
  const status = members(alert.get('status'));
  return {
    labels: labels(alert.get('labels')),
    annotations: labels(alert.get('annotations')),
    startsAt: moment(alert.get('startsAt')),
    endsAt: moment(alert.get('endsAt')),
    updatedAt: moment(alert.get('updatedAt')),
    fingerprint: text(alert.get('fingerprint')),
    generatorURL: text(alert.get('generatorURL')),
    receivers: list(alert.get('receivers')).map((receiver) => text(members(receiver).get('name'))),
    state: text(status.get('state')),
    inhibitedBy: texts(status.get('inhibitedBy')),
    mutedBy: texts(status.get('mutedBy')),
    silencedBy: texts(status.get('silencedBy')),
  };
}

export function readSilence(json: unknown): ApiSilence {
  const silence = members(json);
  return {
    id: text(silence.get('id')),
    state: text(members(silence.get('status')).get('state')),
    matchers: list(silence.get('matchers')).map(readMatcher),
    startsAt: moment(silence.get('startsAt')),
    endsAt: moment(silence.get('endsAt')),
    updatedAt: moment(silence.get('updatedAt')),
    createdBy: text(silence.get('createdBy')),
    comment: text(silence.get('comment')),
    annotations: labels(silence.get('annotations')),
  };
}

function readMatcher(json: unknown): ApiMatcher {
  const matcher = members(json);
  const isEqual = matcher.get('isEqual');
  return {
    name: text(matcher.get('name')),
    value: text(matcher.get('value')),
    isRegex: matcher.get('isRegex') === true,
    isEqual: typeof isEqual === 'boolean' ? isEqual : undefined,
  };
}

export function readStatus(json: unknown): ApiStatus {
  const status = members(json);
  const cluster = members(status.get('cluster'));
  return {
    cluster: {
      name: text(cluster.get('name')),
      status: text(cluster.get('status')),
      peers: list(cluster.get('peers')).map((json) => {
        const peer = members(json);
        return { address: text(peer.get('address')), name: text(peer.get('name')) };
      }),
    },
    versionInfo: new Map([...members(status.get('versionInfo'))].map(([name, value]) => [name, text(value)])),
    original: text(members(status.get('config')).get('original')),
    uptime: moment(status.get('uptime')),
  };
}

/** Its own members only, whatever their names. */
export function members(json: unknown): ReadonlyMap<string, unknown> {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw unexpected('an object', json);
  return new Map(Object.entries(json));
}

export function list(json: unknown): readonly unknown[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) throw unexpected('a list', json);
  return json;
}

function text(json: unknown): string {
  if (json === undefined || json === null) return '';
  if (typeof json !== 'string') throw unexpected('a text', json);
  return json;
}

const texts = (json: unknown): readonly string[] | undefined =>
  json === undefined || json === null ? undefined : list(json).map(text);

const labels = (json: unknown): LabelSet =>
  json === undefined || json === null
    ? LabelSet.EMPTY
    : LabelSet.from([...members(json)].map(([name, value]) => [name, text(value)] as const));

function moment(json: unknown): Moment {
  const parsed = parseMoment(text(json));
  if (!parsed.ok) throw unexpected('a time', json);
  return parsed.value;
}

const unexpected = (wanted: string, json: unknown): ToolError =>
  new ToolError(
    `the router's answer is not understood: ${wanted} is wanted where ${JSON.stringify(json)?.slice(0, 80)} stands`,
  );
