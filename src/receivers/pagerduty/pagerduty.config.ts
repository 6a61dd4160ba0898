/** Settings of `pagerduty_configs`. A service key selects version 1 of the API. */
import { refuseSeveral, requireOne } from '../../config/exclusive.js';
import { httpConfig, inherited, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import {
  type Infer,
  any,
  embedded,
  goDuration,
  list,
  map,
  object,
  path,
  secret,
  template,
  url,
} from '../../config/schema/index.js';
import { duration } from '../../domain/time/index.js';

const imageSchema = object('pagerduty.PagerdutyImage', {
  src: template({ help: 'Picture; without it the entry is dropped.' }),
  alt: template({ help: 'Text instead of the picture.' }),
  href: template({ help: 'Where the picture leads.' }),
});
const linkSchema = object('pagerduty.PagerdutyLink', {
  href: template({ help: 'Link; without it the entry is dropped.' }),
  text: template({ help: 'Text of the link.' }),
});

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  service_key: secret({ help: 'Key of the events API version 1, a template.' }),
  service_key_file: path({ help: 'File with that key, read for each notification.' }),
  routing_key: secret({ help: 'Key of the events API version 2, a template.' }),
  routing_key_file: path({ help: 'File with that key, read for each notification.' }),
  url: inherited<string>(url({ help: 'Events API version 2; the global pagerduty_url when unset.' })),
  client: template({ default: '{{ template "pagerduty.default.client" . }}', help: 'Name of the client.' }),
  client_url: template({ default: '{{ template "pagerduty.default.clientURL" . }}', help: 'Link to the client.' }),
  description: template({
    default: '{{ template "pagerduty.default.description" .}}',
    help: 'Summary, 1024 characters.',
  }),
  details: map(any(), { goType: 'map[string]interface {}', help: 'Details of any shape; texts are templates.' }),
  images: list(embedded(imageSchema, { alwaysPrinted: true }), {
    goType: '[]pagerduty.PagerdutyImage',
    help: 'Pictures.',
  }),
  links: list(embedded(linkSchema, { alwaysPrinted: true }), { goType: '[]pagerduty.PagerdutyLink', help: 'Links.' }),
  source: template({ help: 'Source; the client when unset.' }),
  severity: template({ help: 'Severity; error when empty.' }),
  class: template({ help: 'Class of the event.' }),
  component: template({ help: 'Component.' }),
  group: template({ help: 'Cluster or group of sources.' }),
  timeout: goDuration({
    default: duration(0),
    bareNumbers: true,
    alwaysPrinted: true,
    help: 'Limit for one attempt; 0 sets none.',
  }),
};
export type PagerdutySettings = Infer<typeof fields>;

const DEFAULT_DETAILS: ReadonlyMap<string, string> = new Map([
  ['firing', '{{ .Alerts.Firing | toJson }}'],
  ['resolved', '{{ .Alerts.Resolved | toJson }}'],
  ['num_firing', '{{ .Alerts.Firing | len }}'],
  ['num_resolved', '{{ .Alerts.Resolved | len }}'],
]);

export const pagerdutyConfig = receiver('pagerduty.PagerdutyConfig', fields, {
  order: { printed: 4, checked: 5 },
  check(settings, report) {
    const { serviceKey, serviceKeyFile, routingKey, routingKeyFile } = settings;
    const routing = [
      ['routing_key', routingKey],
      ['routing_key_file', routingKeyFile],
    ] as const;
    const service = [
      ['service_key', serviceKey],
      ['service_key_file', serviceKeyFile],
    ] as const;
    requireOne(report, [...routing, ...service], 'missing service or routing key in PagerDuty config');
    refuseSeveral(report, routing, 'at most one of routing_key & routing_key_file must be configured');
    refuseSeveral(report, service, 'at most one of service_key & service_key_file must be configured');
    return {
      ...settings,
      source: settings.source ?? (settings.client || undefined),
      details: new Map<string, unknown>([...DEFAULT_DETAILS, ...settings.details]),
    };
  },
  inherit(settings, global, report) {
    const target = (settings.url as string | undefined) ?? global.pagerdutyUrl;
    if (target === undefined) report('missing-value', 'url', 'no global PagerDuty URL set', 'add url');
    return { ...withGlobalHttp(settings, global), url: target ?? '' };
  },
});
