/**
 * What a group asks of Opsgenie: create an alert, perhaps update it, or close it. Alerts there are known by the hash of
 * the group's key; one that exists is not created again, and its message stays unless it is updated.
 */
import { commonOf } from '../kit/common.js';
import { encodeBody } from '../kit/go-json.js';
import { groupStatus, hashGroupKey } from '../kit/group.js';
import type { HttpAttempt } from '../kit/http-channel.js';
import { fitRunes } from '../kit/truncate.js';
import { withParameter, withPath } from '../kit/url.js';
import type { OpsgenieSettings } from './opsgenie.config.js';

const MESSAGE_RUNES = 130;

export interface OpsgenieRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly body: string;
}

type Text = (source: string | undefined) => string;

export function renderRequests(attempt: HttpAttempt<OpsgenieSettings>): readonly OpsgenieRequest[] {
  const { settings, notification, renderer, log } = attempt;
  const text: Text = (source) => renderer.text(source ?? '');
  const alias = hashGroupKey(notification.groupKey);
  const at = (what: string): string =>
    withParameter(withPath(settings.apiUrl, `v2/alerts/${alias}/${what}`), 'identifierType', 'alias');
  const common = commonOf(notification.alerts, ({ labels }) => labels);
  const details = new Map(common.names.map((name) => [name, common.get(name)]));
  for (const [name, value] of settings.details) details.set(name, text(value));
  if (groupStatus(notification) === 'resolved')
    return [{ method: 'POST', url: at('close'), body: encodeBody({ source: text(settings.source) }) }];

  const message = fitRunes(text(settings.message), MESSAGE_RUNES, 'message', log);
  const responders = settings.responders.flatMap((responder) => renderResponder(responder, text));
  const description = text(settings.description) || undefined;
  const alert = {
    alias,
    message,
    description,
    details,
    source: text(settings.source),
    responders: someOf(responders),
    tags: someOf(split(text(settings.tags).trim())),
    note: text(settings.note) || undefined,
    priority: text(settings.priority) || undefined,
    entity: text(settings.entity) || undefined,
    actions: someOf(split(text(settings.actions).trim())),
  };
  const create: OpsgenieRequest = {
    method: 'POST',
    url: withPath(settings.apiUrl, 'v2/alerts'),
    body: encodeBody(alert),
  };
  if (!settings.updateAlerts) return [create];
  return [
    create,
    { method: 'PUT', url: at('message'), body: encodeBody({ message: message || undefined }) },
    { method: 'PUT', url: at('description'), body: encodeBody({ description }) },
  ];
}

/** Nothing for those whose templates come to nothing; several for `teams`, whose names stand in one text. */
function renderResponder(responder: OpsgenieSettings['responders'][number], text: Text): readonly object[] {
  const id = text(responder.id);
  const name = text(responder.name);
  const username = text(responder.username);
  const type = text(responder.type);
  if (id + name + username + type === '') return [];
  if (type === 'teams') return split(name.trim()).map((team) => ({ name: text(team), type: 'team' }));
  return [{ id: id || undefined, name: name || undefined, username: username || undefined, type }];
}

const split = (text: string): readonly string[] => text.split(',').filter((item) => item !== '');
const someOf = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
