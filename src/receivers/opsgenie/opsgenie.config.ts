/** Settings of `opsgenie_configs`. */
import { refuseSeveral } from '../../config/exclusive.js';
import { httpConfig, inherited, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import { checkSyntax } from '../../domain/template/check-syntax.js';
import {
  type Infer,
  type Report,
  type SettingsOf,
  bool,
  embedded,
  list,
  map,
  object,
  path,
  secret,
  template,
  url,
} from '../../config/schema/index.js';
import { withTrailingSlash } from '../../config/trailing-slash.js';

const responderSchema = object('opsgenie.OpsGenieConfigResponder', {
  id: template({ help: 'Identifier.' }),
  name: template({ help: 'Name; several, separated by commas, for type teams.' }),
  username: template({ help: 'User name.' }),
  type: template({ required: true, help: 'team, teams, user, escalation or schedule.' }),
});
type Responder = SettingsOf<typeof responderSchema>;

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  api_key: secret({ help: 'API key, a template; the global opsgenie_api_key when unset.' }),
  api_key_file: path({ help: 'File with the API key, read for each notification.' }),
  api_url: inherited<string>(url({ help: 'API; the global opsgenie_api_url when unset.' })),
  message: template({ default: '{{ template "opsgenie.default.message" . }}', help: 'Message, 130 characters.' }),
  description: template({ default: '{{ template "opsgenie.default.description" . }}', help: 'Description.' }),
  source: template({ default: '{{ template "opsgenie.default.source" . }}', help: 'Source.' }),
  details: map(template({ default: '' }), { help: 'Details, added to the common labels.' }),
  entity: template({ help: 'Entity.' }),
  responders: list(embedded(responderSchema, { alwaysPrinted: true }), {
    goType: '[]opsgenie.OpsGenieConfigResponder',
    help: 'Who is responsible.',
  }),
  actions: template({ help: 'Actions, separated by commas.' }),
  tags: template({ help: 'Tags, separated by commas.' }),
  note: template({ help: 'Note.' }),
  priority: template({ help: 'P1 to P5.' }),
  update_alerts: bool({ default: false, help: 'Also update message and description of an alert that exists.' }),
};
export type OpsgenieSettings = Infer<typeof fields>;

export const opsgenieConfig = receiver('opsgenie.OpsGenieConfig', fields, {
  order: { printed: 7, checked: 7 },
  nullIsEmpty: true,
  check(settings, report) {
    const keys = [
      ['api_key', settings.apiKey],
      ['api_key_file', settings.apiKeyFile],
    ] as const;
    refuseSeveral(report, keys, 'at most one of api_key & api_key_file must be configured');
    for (const responder of settings.responders) checkResponder(responder, report);
  },
  inherit(settings, global, report) {
    const apiUrl = (settings.apiUrl as string | undefined) ?? global.opsgenieApiUrl;
    if (apiUrl === undefined) report('missing-value', 'api_url', 'no global OpsGenie URL set', 'add api_url');
    const own = settings.apiKey ?? settings.apiKeyFile;
    // The receiver's own key wins over both global ones, whichever way it is given.
    const apiKey = own ? settings.apiKey : global.opsgenieApiKey;
    const apiKeyFile = own ? settings.apiKeyFile : global.opsgenieApiKeyFile;
    if (!(apiKey ?? apiKeyFile)) {
      report('missing-value', 'api_key', 'no global OpsGenie API Key set either inline or in a file', 'add api_key');
    }
    return { ...withGlobalHttp(settings, global), apiUrl: withTrailingSlash(apiUrl ?? ''), apiKey, apiKeyFile };
  },
  globalAfter: ({ apiUrl }, global) =>
    (apiUrl as string | undefined) || global.opsgenieApiUrl === undefined
      ? global
      : { ...global, opsgenieApiUrl: withTrailingSlash(global.opsgenieApiUrl) },
});

const TYPES: readonly string[] = ['team', 'teams', 'user', 'escalation', 'schedule'];

function checkResponder(responder: Responder, report: Report): void {
  const { id, name, username, type } = responder;
  const shown = `{${[id, name, username, type].map((part) => part ?? '').join(' ')}}`;
  if ((id ?? name ?? username) === undefined) {
    const message = `opsGenieConfig responder ${shown} has to have at least one of id, username or name specified`;
    report('missing-value', 'responders', message, 'add name');
  }
  if (type?.includes('{{')) {
    const problem = checkSyntax(type);
    if (problem === undefined) return;
    const message = `opsGenieConfig responder ${shown} type contains invalid template syntax: ${problem}`;
    report('invalid-template', 'responders', message);
    return;
  }
  if (TYPES.includes((type ?? '').toLowerCase())) return;
  const lowered = `{${[id, name, username, type?.toLowerCase()].map((part) => part ?? '').join(' ')}}`;
  const message = `opsGenieConfig responder ${lowered} type does not match valid options ^(${TYPES.join('|')})$`;
  report('invalid-value', 'responders', message, `one of ${TYPES.join(', ')}`);
}
