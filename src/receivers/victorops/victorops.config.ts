/** Settings of `victorops_configs`. */
import { refuseSeveral } from '../../config/exclusive.js';
import { httpConfig, inherited, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { type Infer, map, path, secret, template, url } from '../../config/schema/index.js';
import { withTrailingSlash } from '../../config/trailing-slash.js';

const shown = { alwaysPrinted: true } as const;

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  api_key: secret({ help: 'API key; the global victorops_api_key when unset.' }),
  api_key_file: path({ help: 'File with the API key, read for each notification.' }),
  api_url: inherited<string>(url({ ...shown, help: 'Endpoint; the global victorops_api_url when unset.' })),
  routing_key: template({ ...shown, default: '', required: true, help: 'Key of the team.' }),
  message_type: template({ ...shown, default: 'CRITICAL', help: 'CRITICAL, WARNING or INFO.' }),
  state_message: template({
    ...shown,
    default: '{{ template "victorops.default.state_message" . }}',
    help: 'Text, 20480 characters.',
  }),
  entity_display_name: template({
    ...shown,
    default: '{{ template "victorops.default.entity_display_name" . }}',
    help: 'Title.',
  }),
  monitoring_tool: template({
    ...shown,
    default: '{{ template "victorops.default.monitoring_tool" . }}',
    help: 'Name of the tool.',
  }),
  custom_fields: map(template({ default: '' }), { help: 'Other fields of the alert.' }),
};
export type VictoropsSettings = Infer<typeof fields>;

/** Set by the integration itself. */
const RESERVED = [
  'routing_key',
  'message_type',
  'state_message',
  'entity_display_name',
  'monitoring_tool',
  'entity_id',
  'entity_state',
];

export const victoropsConfig = receiver('config.VictorOpsConfig', fields, {
  order: { printed: 10, checked: 9 },
  check(settings, report) {
    if (settings.routingKey === '') {
      report('missing-value', undefined, 'missing Routing key in VictorOps config', 'add routing_key');
    }
    const keys = [
      ['api_key', settings.apiKey],
      ['api_key_file', settings.apiKeyFile],
    ] as const;
    refuseSeveral(report, keys, 'at most one of api_key & api_key_file must be configured');
    for (const name of RESERVED) {
      if (!settings.customFields.has(name)) continue;
      const message = `victorOps config contains custom field ${name} which cannot be used as it conflicts with the fixed/static fields`;
      report('conflicting-values', 'custom_fields', message, 'rename it');
    }
  },
  inherit(settings, global, report) {
    const apiUrl = (settings.apiUrl as string | undefined) ?? global.victoropsApiUrl;
    if (apiUrl === undefined) report('missing-value', 'api_url', 'no global VictorOps URL set', 'add api_url');
    // The receiver's own key wins over both global ones, whichever way it is given.
    const own = settings.apiKey ?? settings.apiKeyFile;
    const apiKey = own ? settings.apiKey : global.victoropsApiKey;
    const apiKeyFile = own ? settings.apiKeyFile : global.victoropsApiKeyFile;
    if (!(apiKey ?? apiKeyFile)) report('missing-value', 'api_key', 'no global VictorOps API Key set', 'add api_key');
    return { ...withGlobalHttp(settings, global), apiUrl: withTrailingSlash(apiUrl ?? ''), apiKey, apiKeyFile };
  },
  globalAfter: ({ apiUrl }, global) =>
    (apiUrl as string | undefined) || global.victoropsApiUrl === undefined
      ? global
      : { ...global, victoropsApiUrl: withTrailingSlash(global.victoropsApiUrl) },
});
