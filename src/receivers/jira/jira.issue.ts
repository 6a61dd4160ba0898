/**
 * What Jira is asked and told: the search for a group's issue, and its fields. Keys are sorted, as Alertmanager's are;
 * `fields` of the settings win over the standard ones.
 */
import { compareBytes } from '../../domain/labels/index.js';
import { quoteGo } from '../../domain/matcher/index.js';
import { copyWithTemplate } from '../../domain/template/index.js';
import { MINUTE } from '../../domain/time/index.js';
import { SendFailed, messageOf, rejected } from '../kit/failures.js';
import { RawJson, encodeBody } from '../kit/go-json.js';
import { groupStatus, hashGroupKey } from '../kit/group.js';
import type { HttpAttempt } from '../kit/http-channel.js';
import { fitRunes } from '../kit/truncate.js';
import { joinPath } from '../kit/url.js';
import { parseYamlValue } from '../kit/yaml-value.js';
import type { JiraSettings } from './jira.config.js';

const SUMMARY_RUNES = 255;
const DESCRIPTION_RUNES = 32_767;

type Attempt = HttpAttempt<JiraSettings>;

/** By this label an issue is found again. */
const groupLabel = ({ notification }: Attempt): string => `ALERT{${hashGroupKey(notification.groupKey)}}`;

/** Issues that are open, or were closed so short a time ago that they may be opened again. */
export function searchQuery(attempt: Attempt): string {
  const { settings, notification, renderer } = attempt;
  const { wontFixResolution, reopenTransition, reopenDuration } = settings;
  const project = renderer.text(settings.project);
  renderer.check('failed to look up existing issues: invalid project template or value');
  // What is not resolved has no resolution, and an inequality alone would leave it out.
  const wontFix = wontFixResolution ? `(resolution is EMPTY or resolution != ${quoteGo(wontFixResolution)}) and ` : '';
  const minutes = Math.trunc(reopenDuration / MINUTE);
  const mayReopen = groupStatus(notification) === 'firing' && reopenTransition && minutes > 0;
  const state = mayReopen
    ? `(resolutiondate is EMPTY OR resolutiondate >= -${minutes}m) and `
    : 'statusCategory != Done and ';
  const which = `project=${quoteGo(project)} and labels=${quoteGo(groupLabel(attempt))}`;
  return `${wontFix}${state}${which} order by status ASC,resolutiondate DESC`;
}

/** Jira Cloud has a search of its own, in version 3 of the API only. */
export function searchUrl({ apiUrl, apiType }: JiraSettings): string {
  const isCloud = apiType === 'cloud' || (apiType === 'auto' && new URL(apiUrl).host.endsWith('atlassian.net'));
  return isCloud ? joinPath(apiUrl, 'search/jql').replace('/rest/api/2/', '/rest/api/3/') : joinPath(apiUrl, 'search');
}

/** With `isUpdate`, fields that are not to be written again are left out. */
export function encodeIssue(attempt: Attempt, isUpdate: boolean): string {
  const { settings, renderer } = attempt;
  const text: Text = (source, what) => {
    const rendered = renderer.text(source);
    renderer.check(`${what} template`);
    return rendered;
  };
  const fields = standardFields(attempt, text);
  if (isUpdate && settings.summary.enableUpdate === false) fields.delete('summary');
  if (isUpdate && settings.description.enableUpdate === false) fields.delete('description');
  for (const [name, value] of settings.fields)
    fields.set(
      name,
      copyWithTemplate(value, (source) => text(source, 'fields'), parseYamlValue),
    );
  try {
    return encodeBody({ fields });
  } catch (error) {
    throw new SendFailed(rejected(`fields template: ${messageOf(error)}`));
  }
}

/** Ends the attempt when the template fails; `what` is the setting's name. */
type Text = (source: string, what: string) => string;

function standardFields(attempt: Attempt, text: Text): Map<string, unknown> {
  const { settings, log } = attempt;
  const summary = text(settings.summary.template, 'summary');
  const fields = new Map<string, unknown>([
    ['project', { key: text(settings.project, 'project') }],
    ['issuetype', { name: text(settings.issueType, 'issue_type') || undefined }],
    ['summary', fitRunes(summary, SUMMARY_RUNES, 'summary', log)],
  ]);
  const whole = text(settings.description.template, 'description');
  const description = fitRunes(whole, DESCRIPTION_RUNES, 'description', log);
  const document = isVersion3(settings.apiUrl) ? parseDocument(description) : description || undefined;
  if (document !== undefined) fields.set('description', document);
  const labels = settings.labels.map((label, i) => text(label, `labels[${i}]`));
  fields.set('labels', [...labels, groupLabel(attempt)].sort(compareBytes));
  const priority = text(settings.priority, 'priority');
  if (priority !== '') fields.set('priority', { name: priority });
  return fields;
}

const isVersion3 = (apiUrl: string): boolean => /\/3\/*$/.test(new URL(apiUrl).pathname);

/** Version 3 takes descriptions as documents (ADF), which a template must write as JSON. */
function parseDocument(text: string): RawJson | undefined {
  if (text.trim() === '') return undefined;
  try {
    return new RawJson(text.trim());
  } catch {
    throw new SendFailed(rejected('description template: invalid JSON for API v3'));
  }
}
