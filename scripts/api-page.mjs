/** docs/api.md, written from the description that the router serves. `npm run docs` writes it, a test compares. */
import { page, table } from './settings-table.mjs';

const GENERATED = 'Written by `npm run docs` from src/api/ext/openapi.ts; changes here are lost.';

export function apiPage({ paths, components }) {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  );
  return page(
    GENERATED,
    'The API',
    "`/api/v2` is Alertmanager's, with its paths, parameters, answers and statuses: alerts, alert groups, silences, receivers, " +
      'status. Clients made from its OpenAPI document work; [compat.md](compat.md) lists what differs. `/-/healthy`, ' +
      '`/-/ready`, `/-/reload` and `/metrics` are as there.',
    '`/api/ext` is ours. The router describes it at `/api/ext/v1/openapi.json`, in OpenAPI 3.1, which is where this page comes ' +
      'from. All paths stand below `--web.route-prefix`.',
    ...operations.flatMap(operationParts),
    '## Objects',
    ...Object.entries(components.schemas).flatMap(([name, schema]) => [
      `### ${name}`,
      schema.description,
      table(['member', 'kind', 'what it is'], membersOf(schema)),
    ]),
  );
}

const operationParts = ({ path, method, summary, parameters = [], requestBody, responses }) => [
  `## \`${method} /api/ext${path}\``,
  summary,
  parameters.length > 0
    ? `Parameters: ${parameters.map(({ name, in: place }) => `\`${name}\` (${place})`).join(', ')}.`
    : '',
  requestBody ? `Body: ${bodyOf(requestBody)}${requestBody.required ? '' : ', may be left out'}.` : '',
  table(
    ['status', 'when', 'body'],
    Object.entries(responses).map(([status, response]) => [status, response.description, bodyOf(response)]),
  ),
];

const bodyOf = ({ content }) => kindOf(content['application/json'].schema);

const membersOf = ({ properties, required = [] }) =>
  Object.entries(properties).map(([name, schema]) => [
    `\`${name}\``,
    kindOf(schema),
    [required.includes(name) ? 'Always there.' : '', schema.description ?? '', defaultOf(schema)]
      .filter(Boolean)
      .join(' '),
  ]);

const defaultOf = ({ default: value }) => (value === undefined ? '' : `By default \`${JSON.stringify(value)}\`.`);

function kindOf(schema) {
  const { $ref, type, items, additionalProperties, format } = schema;
  if ($ref !== undefined) return `[${nameOf($ref)}](#${nameOf($ref).toLowerCase()})`;
  if (schema.enum) return schema.enum.map((value) => `\`${value}\``).join(', ');
  if (type === 'array') return `list of ${kindOf(items)}`;
  if (typeof additionalProperties === 'object') return `map to ${kindOf(additionalProperties)}`;
  return format ?? type;
}

const nameOf = (reference) => reference.slice(reference.lastIndexOf('/') + 1);
