/** The events of both versions of PagerDuty's API, keys in Alertmanager's order. Members that are undefined are not sent. */
import { copyWithTemplate } from '../../domain/template/index.js';
import type { Logger } from '../../platform/log.js';
import { SendFailed, messageOf, rejected } from '../kit/failures.js';
import { encodeBody } from '../kit/go-json.js';
import type { Renderer } from '../kit/renderer.js';
import { fitRunes } from '../kit/truncate.js';
import { parseYamlValue } from '../kit/yaml-value.js';
import type { PagerdutySettings } from './pagerduty.config.js';

const SUMMARY_RUNES = 1024;
const EVENT_BYTES = 512_000;
const REMOVED = {
  error: 'Custom details have been removed because the original event exceeds the maximum size of 512KB',
};

export interface EventParts {
  readonly settings: PagerdutySettings;
  readonly renderer: Renderer;
  readonly log: Logger;
  /** Of the service (version 1) or of the integration (version 2), still a template. */
  readonly key: string;
  readonly incident: string;
  readonly status: 'firing' | 'resolved';
}

/** Details of any shape: their texts are templates, the names at the top are not. */
export function renderDetails(settings: PagerdutySettings, renderer: Renderer): ReadonlyMap<string, unknown> {
  const render = (source: string): string => {
    const text = renderer.text(source);
    renderer.check('failed to render details');
    return text;
  };
  return new Map([...settings.details].map(([name, value]) => [name, copyWithTemplate(value, render, parseYamlValue)]));
}

export function encodeEventV1(parts: EventParts): string {
  const { settings, renderer, log, incident, status } = parts;
  const details = renderDetails(settings, renderer);
  const fires = status === 'firing';
  const description = fitRunes(renderer.text(settings.description), SUMMARY_RUNES, 'description', log);
  const event = {
    service_key: renderer.text(parts.key),
    incident_key: incident,
    event_type: fires ? 'trigger' : 'resolve',
    description: description || undefined,
    event_action: '',
    payload: null,
    client: fires ? renderer.text(settings.client) || undefined : undefined,
    client_url: fires ? renderer.text(settings.clientUrl) || undefined : undefined,
    details: details.size > 0 ? details : undefined,
  };
  renderer.check('failed to template PagerDuty v1 message');
  if (event.service_key === '') throw new SendFailed(rejected('service key cannot be empty'));
  return encodeWithin(event, { ...event, details: REMOVED }, log);
}

export function encodeEventV2(parts: EventParts): string {
  const { settings, renderer, log, incident, status } = parts;
  const details = renderDetails(settings, renderer);
  const text = (source: string | undefined): string => renderer.text(source ?? '');
  const filled = (source: string | undefined): string | undefined => text(source) || undefined;
  const payload = {
    summary: fitRunes(text(settings.description), SUMMARY_RUNES, 'summary', log),
    source: text(settings.source),
    severity: text(settings.severity || 'error'),
    class: filled(settings.class),
    component: filled(settings.component),
    group: filled(settings.group),
    custom_details: details.size > 0 ? details : undefined,
  };
  const images = settings.images.map(({ src, alt, href }) => ({ src: text(src), alt: text(alt), href: text(href) }));
  const links = settings.links.map((link) => ({ href: text(link.href), text: text(link.text) }));
  const event = {
    routing_key: text(parts.key),
    dedup_key: incident,
    event_action: status === 'firing' ? 'trigger' : 'resolve',
    payload,
    client: filled(settings.client),
    client_url: filled(settings.clientUrl),
    images: someOf(images.filter(({ src }) => src !== '')),
    links: someOf(links.filter(({ href }) => href !== '')),
  };
  renderer.check('failed to template PagerDuty v2 message');
  if (event.routing_key === '') throw new SendFailed(rejected('routing key cannot be empty'));
  return encodeWithin(event, { ...event, payload: { ...payload, custom_details: REMOVED } }, log);
}

const someOf = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

/** PagerDuty refuses larger events, so that the details must go rather than the page. */
function encodeWithin(event: object, withoutDetails: object, log: Logger): string {
  const body = encode(event);
  if (Buffer.byteLength(body) <= EVENT_BYTES) return body;
  log.warn('Truncated details: the event exceeds the limit', { bytes: Buffer.byteLength(body), limit: EVENT_BYTES });
  return encode(withoutDetails);
}

function encode(event: object): string {
  try {
    return encodeBody(event);
  } catch (error) {
    throw new SendFailed(rejected(`failed to encode PagerDuty message: ${messageOf(error)}`));
  }
}
