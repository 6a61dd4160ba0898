/**
 * The pages of docs/receivers, written from what each integration says about itself: its settings, when it tries again, a
 * complete example. `npm run docs` writes them, a test compares.
 */
import { nestedSections, page as pageWith, settingsTable, table } from './settings-table.mjs';

const GENERATED = 'Written by `npm run docs` from src/receivers; changes here are lost.';

/** Shared by nearly all integrations, hence a page of its own. */
const SHARED = new Map([['http_config', 'http_config.md']]);

/** File name → text. */
export function receiverPages(kinds) {
  const pages = new Map([['README.md', indexPage(kinds)]]);
  for (const kind of kinds) pages.set(`${kind.type}.md`, receiverPage(kind));
  const http = kinds.map(({ config }) => config.fields.get('http_config')).find(Boolean);
  if (http) pages.set('http_config.md', sharedPage('http_config', http));
  return pages;
}

const indexPage = (kinds) =>
  page(
    'Receivers',
    'A receiver is a name and any number of integrations below it. These are the kinds that there are:',
    table(
      ['integration', 'key in the configuration', 'tries again after'],
      kinds.map(({ type, yamlKey, retries }) => [`[${type}](${type}.md)`, `\`${yamlKey}\``, retriesText(retries)]),
    ),
    'Whether one works is seen with `tocsin test-receiver <name>`, which sends a notification marked as a test, or only ' +
      'shows it with `--dry-run`.',
  );

function receiverPage({ type, yamlKey, config, retries, example }) {
  const canSend = example !== undefined;
  return page(
    type,
    `Settings of an entry of \`${yamlKey}\`.`,
    settingsTable(config.fields, SHARED),
    ...nestedSections(config.fields, '', SHARED),
    ...(canSend ? ['## Attempts', attemptsText(type, retries), '## Example', exampleText(yamlKey, example)] : []),
  );
}

const sharedPage = (name, field) =>
  page(name, field.help, settingsTable(field.of.fields, SHARED), ...nestedSections(field.of.fields, '', SHARED));

const page = (title, ...parts) => pageWith(GENERATED, title, ...parts);

const attemptsText = (type, retries) =>
  type === 'email'
    ? 'Whatever the mail server refuses is tried again until the next flush of the group; a template that fails is not.'
    : `Another attempt is made when no answer comes and after ${retriesText(retries)}, with growing pauses, until the next ` +
      'flush of the group. `Retry-After` is kept, and lets a 429 be tried again. A template that fails ends it.';

const retriesText = (retries) => (retries === 'all' ? 'any failure' : ['5xx', ...(retries ?? [])].join(', '));

const exampleText = (yamlKey, example) => {
  const lines = example.trimEnd().split('\n');
  const entry = lines.map((line, index) => (line === '' ? '' : `${index === 0 ? '      - ' : '        '}${line}`));
  return ['```yaml', 'receivers:', '  - name: team', `    ${yamlKey}:`, ...entry, '```'].join('\n');
};
