/**
 * Keeps a Jira issue for a group: finds it by its label, creates or updates it, and moves it through its workflow when the
 * group resolves or fires again. A retry begins anew with the search, so that no issue is made twice.
 *
 * We differ from Alertmanager: a network that fails is tried again at once, not only at the group's next flush.
 * Alertmanager: notify/jira.
 */
import type { Outcome } from '../../domain/notify/index.js';
import { SendFailed, prefixed, rejected } from '../kit/failures.js';
import { encodeBody } from '../kit/go-json.js';
import { groupStatus } from '../kit/group.js';
import { type HttpAttempt, httpChannel } from '../kit/http-channel.js';
import { answerOf, requestJson } from '../kit/post.js';
import { outcomeOf } from '../kit/status.js';
import { joinPath } from '../kit/url.js';
import { describeJsonFault } from '../kit/json-fault.js';
import { defineReceiver } from '../receiver.js';
import { type JiraSettings, jiraConfig } from './jira.config.js';
import { encodeIssue, searchQuery, searchUrl } from './jira.issue.js';

export const jira = defineReceiver({
  type: 'jira',
  yamlKey: 'jira_configs',
  config: jiraConfig,
  // Alertmanager leaves this to Go's own name here, and rules of proxies may know it.
  build: (settings, context) => httpChannel(settings, context, send, { userAgent: 'Go-http-client/1.1' }),
  retries: [429],
  example: `send_resolved: true
http_config:
  basic_auth:
    username: robot@example.org
    password: jira-api-token-secret
  follow_redirects: true
api_url: https://jira.example.com/rest/api/2
api_type: datacenter
project: OPS
summary: '{{ .GroupLabels.alertname }}: {{ len .Alerts.Firing }} firing'
description:
  template: '{{ template "jira.default.description" . }}'
  enable_update: false
labels: [alert, '{{ .CommonLabels.team }}']
priority: '{{ if eq .CommonLabels.severity "critical" }}High{{ else }}Low{{ end }}'
issue_type: Bug
reopen_transition: To Do
resolve_transition: Done
wont_fix_resolution: "Won't Do"
reopen_duration: 30d
fields:
  customfield_10001: '{{ .CommonLabels.cluster }}'
  components:
    - name: monitoring
`,
});

type Attempt = HttpAttempt<JiraSettings>;

/** What we look at of an issue that exists. */
interface Issue {
  readonly key?: string;
  readonly fields?: { readonly status?: { readonly statusCategory?: { readonly key?: string } } };
}

interface Transitions {
  readonly transitions?: readonly { readonly id?: string; readonly name?: string }[];
}

async function send(attempt: Attempt): Promise<Outcome> {
  const issue = await findIssue(attempt);
  if (!issue && groupStatus(attempt.notification) === 'resolved') return { kind: 'delivered' };
  const [method, path] = issue ? (['PUT', `issue/${issue.key ?? ''}`] as const) : (['POST', 'issue'] as const);
  const body = encodeIssue(attempt, issue !== undefined);
  await call(
    attempt,
    method,
    joinPath(attempt.settings.apiUrl, path),
    body,
    `failed to ${method} request to "${path}"`,
  );
  if (issue) await moveIssue(attempt, issue);
  return { kind: 'delivered' };
}

async function findIssue(attempt: Attempt): Promise<Issue | undefined> {
  const { settings, log } = attempt;
  const body = encodeBody({ fields: ['status'], jql: searchQuery(attempt), maxResults: 2 });
  const what = 'failed to look up existing issues';
  const text = await call(attempt, 'POST', searchUrl(settings), body, `${what}: HTTP request to JIRA API`);
  const { issues } = readJson<{ issues?: readonly Issue[] }>(text, what);
  const [issue, ...others] = issues ?? [];
  if (others.length > 0)
    log.warn('more than one issue matched, selecting the most recently resolved', { selected_issue: issue?.key });
  return issue;
}

/** Through the transition that the settings name for the state in which the issue is, if there is one. */
async function moveIssue(attempt: Attempt, issue: Issue): Promise<void> {
  const { settings, notification } = attempt;
  const status = issue.fields?.status;
  if (!issue.key || !status) return;
  const isDone = status.statusCategory?.key === 'done';
  const fires = groupStatus(notification) === 'firing';
  const name = fires ? settings.reopenTransition : settings.resolveTransition;
  if (fires !== isDone || !name) return;
  const url = joinPath(settings.apiUrl, `issue/${issue.key}/transitions`);
  const { transitions } = readJson<Transitions>(await call(attempt, 'GET', url), 'failed to read transitions');
  const id = transitions?.find((transition) => transition.name === name)?.id;
  if (id === undefined) throw new SendFailed(rejected(`can't find transition ${name} for issue ${issue.key}`));
  await call(attempt, 'POST', url, encodeBody({ transition: { id } }));
}

/** The text of a good answer. */
async function call(attempt: Attempt, method: string, url: string, body?: string, what?: string): Promise<string> {
  const { client, signal, now } = attempt;
  const post = { url, signal, headers: { 'Accept-Language': 'en' }, ...(body === undefined ? {} : { body }) };
  const answer = answerOf(await requestJson(client, method, post), what);
  const outcome = outcomeOf(answer, { retryStatuses: [429] }, now());
  if (outcome.kind === 'delivered') return answer.text;
  throw new SendFailed(what === undefined ? outcome : prefixed(what, outcome));
}

function readJson<T extends object>(text: string, what: string): T {
  try {
    const value: unknown = JSON.parse(text);
    // Members are looked at one by one; what is missing is undefined.
    if (typeof value === 'object' && value !== null) return value as T;
  } catch {
    // Said below, like anything else that is not an object.
  }
  throw new SendFailed(rejected(`${what}: ${describeJsonFault(text)}`));
}
