/**
 * The pages of docs/receivers, written from what each integration says about itself: its settings, when it tries again, a
 * complete example. `npm run docs` writes them, a test compares.
 */
const GENERATED = '<!-- Written by `npm run docs` from src/receivers; changes here are lost. -->\n';

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
    settingsTable(config.fields),
    ...nestedSections(config.fields, ''),
    ...(canSend ? ['## Attempts', attemptsText(type, retries), '## Example', exampleText(yamlKey, example)] : []),
  );
}

const sharedPage = (name, field) =>
  page(name, field.help, settingsTable(field.of.fields), ...nestedSections(field.of.fields, ''));

const page = (title, ...parts) => `${GENERATED}\n# ${title}\n\n${parts.filter(Boolean).join('\n\n').trimEnd()}\n`;

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

const settingsTable = (fields) =>
  table(
    ['setting', 'kind', 'default', 'what it does'],
    [...fields].map(([name, field]) => [`\`${name}\``, kindText(name, field), defaultText(field), helpText(field)]),
  );

/** Objects within, each under its path. */
function nestedSections(fields, path) {
  return [...fields].flatMap(([name, field]) => {
    const shape = shapeOf(field);
    if (!shape || SHARED.has(name)) return [];
    const own = path === '' ? name : `${path}.${name}`;
    return [`## \`${own}\``, settingsTable(shape.fields), ...nestedSections(shape.fields, own)];
  });
}

/** The object that a field is, or that its list or map holds. */
const shapeOf = (field) => (!field.of ? undefined : 'fields' in field.of ? field.of : shapeOf(field.of));

const KINDS = new Map([
  ['template', 'template'],
  ['html', 'HTML template'],
  ['secret-url', 'URL, secret'],
  ['templated-url', 'URL template, secret'],
  ['path', 'file'],
  ['go-duration', 'duration'],
  ['host-port', 'host:port'],
  ['int', 'number'],
  ['uint', 'number'],
  ['float', 'number'],
  ['any', 'any'],
]);

function kindText(name, field) {
  if (SHARED.has(name)) return `[object](${SHARED.get(name)})`;
  const { kind, of: held } = field;
  if (kind === 'list') return `list of ${held ? heldText(held) : 'any'}`;
  if (kind === 'map') return `map to ${held ? heldText(held) : 'any'}`;
  return KINDS.get(kind) ?? kind;
}

const heldText = (field) => kindText('', field);

function defaultText({ initial, encode }) {
  const printed = encode(initial);
  if (printed === undefined || printed === null || printed === '' || printed === false)
    return printed === false ? '`false`' : '';
  if (typeof printed === 'object') return '';
  return code(String(printed));
}

function helpText({ help = '', required, choices, deprecated }) {
  const notes = [
    required ? '**Required.**' : '',
    help,
    choices ? `One of ${choices.map(code).join(', ')}.` : '',
    deprecated ? `Deprecated: ${deprecated}` : '',
  ];
  return notes.filter(Boolean).join(' ');
}

/** As it may stand in a cell of a table. */
const code = (text) => {
  const line = text
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll('|', '\\|');
  return line.includes('`') ? `\`\` ${line} \`\`` : `\`${line}\``;
};

const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
