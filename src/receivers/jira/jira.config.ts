/** Settings of `jira_configs`. */
import { httpConfig, inherited, receiver, sendResolved, withGlobalHttp } from '../../config/receiver-schema.js';
import {
  type Field,
  type Infer,
  any,
  bool,
  embedded,
  list,
  map,
  object,
  promDuration,
  template,
  text,
  url,
} from '../../config/schema/index.js';
import { isNullNode } from '../../config/yaml/resolve.js';
import { duration } from '../../domain/time/index.js';

const jiraField = (byDefault: string) =>
  object('jira.plain', {
    template: template({ default: byDefault, help: 'The text.' }),
    enable_update: bool({ help: 'Write it again when the issue exists already; true when unset.' }),
  });

/** A text, and whether it is written again to an issue that exists (unset means yes). */
export interface JiraField {
  readonly template: string;
  readonly enableUpdate: boolean | undefined;
}

/** Written as a text or as an object; the object keeps the default text. */
function textOrObject(byDefault: string, help: string): Field<JiraField> {
  const schema = jiraField(byDefault);
  const field = embedded(schema, { help });
  return {
    ...field,
    decode: (node, path, decoder) =>
      decoder.visit(node, path, (target) =>
        target.kind === 'scalar' && !isNullNode(target)
          ? { ...schema.initial, template: decoder.textOf(target, path) }
          : field.decode(target, path, decoder),
      ),
  };
}

const fields = {
  send_resolved: sendResolved(true),
  http_config: httpConfig(),
  api_url: inherited<string>(url({ help: 'Jira REST API with its version; the global jira_api_url when unset.' })),
  api_type: text({ default: 'auto', choices: ['auto', 'cloud', 'datacenter'], help: 'Kind of Jira.' }),
  project: template({ default: '', required: true, help: 'Key of the project.' }),
  summary: textOrObject('{{ template "jira.default.summary" . }}', 'Summary of the issue.'),
  description: textOrObject('{{ template "jira.default.description" . }}', 'Description of the issue.'),
  labels: list(template({ default: '' }), { help: 'Labels of the issue.' }),
  priority: template({ default: '{{ template "jira.default.priority" . }}', help: 'Priority; empty leaves it out.' }),
  issue_type: template({ default: '', required: true, help: 'Type of the issue.' }),
  reopen_transition: text({ help: 'Transition that reopens an issue.' }),
  resolve_transition: text({ help: 'Transition that resolves an issue.' }),
  wont_fix_resolution: text({ help: 'Issues with this resolution are left alone.' }),
  reopen_duration: promDuration({ default: duration(0), help: 'How long a closed issue may be reopened.' }),
  fields: map(any(), { goType: 'map[string]interface {}', help: 'Other fields of the issue; texts are templates.' }),
};
export type JiraSettings = Infer<typeof fields>;

const API_TYPES: readonly string[] = ['auto', 'cloud', 'datacenter'];

export const jiraConfig = receiver('jira.JiraConfig', fields, {
  order: { printed: 16, checked: 16 },
  check(settings, report) {
    if (settings.project === '') report('missing-value', undefined, 'missing project in jira_config', 'add project');
    if (settings.issueType === '') {
      report('missing-value', undefined, 'missing issue_type in jira_config', 'add issue_type');
    }
    if (!API_TYPES.includes(settings.apiType)) {
      report('invalid-value', 'api_type', 'unknown api_type on jira_config, must be auto, cloud or datacenter');
    }
  },
  inherit(settings, global, report) {
    const apiUrl = (settings.apiUrl as string | undefined) ?? global.jiraApiUrl;
    if (apiUrl === undefined) {
      report('missing-value', 'api_url', 'no global Jira Cloud URL set', 'add api_url, or jira_api_url to global');
    }
    return { ...withGlobalHttp(settings, global), apiUrl: apiUrl ?? '' };
  },
});
