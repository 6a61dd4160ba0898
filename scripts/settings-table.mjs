/**
 * Tables of settings, written from the schema that reads them. `links` leads from the name of a setting to the page that
 * tells about it.
 */
export const page = (note, title, ...parts) =>
  `<!-- ${note} -->\n\n# ${title}\n\n${parts.filter(Boolean).join('\n\n').trimEnd()}\n`;

export const settingsTable = (fields, links) =>
  table(
    ['setting', 'kind', 'default', 'what it does'],
    [...fields].map(([name, field]) => [
      `\`${name}\``,
      kindText(name, field, links),
      defaultText(field),
      helpText(field),
    ]),
  );

/** Objects within, each under its path. */
export function nestedSections(fields, path, links) {
  return [...fields].flatMap(([name, field]) => {
    const shape = shapeOf(field);
    if (!shape || links.has(name) || field.deprecated) return [];
    const own = path === '' ? name : `${path}.${name}`;
    return [
      `## \`${own}\``,
      field.help,
      settingsTable(shape.fields, links),
      ...nestedSections(shape.fields, own, links),
    ];
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

function kindText(name, field, links = new Map()) {
  if (links.has(name)) return `[${field.kind === 'list' ? 'list of objects' : 'object'}](${links.get(name)})`;
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

export const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
