/**
 * The paths of API v2 and their methods.
 *
 * Paths are compared as they came, escapes included; a slash at the end makes no difference. The silence's id is the one
 * part that is unescaped. Facts: reference "HTTP interface", sections 1 and 2.2.
 */
export type Operation =
  | 'getStatus'
  | 'getReceivers'
  | 'getAlerts'
  | 'postAlerts'
  | 'getAlertGroups'
  | 'getSilences'
  | 'postSilences'
  | 'getSilence'
  | 'deleteSilence';

type Methods = Readonly<Partial<Record<string, Operation>>>;

const FIXED_METHODS: ReadonlyMap<string, Methods> = new Map<string, Methods>([
  ['/api/v2/status', { GET: 'getStatus' }],
  ['/api/v2/receivers', { GET: 'getReceivers' }],
  ['/api/v2/alerts', { GET: 'getAlerts', POST: 'postAlerts' }],
  ['/api/v2/alerts/groups', { GET: 'getAlertGroups' }],
  ['/api/v2/silences', { GET: 'getSilences', POST: 'postSilences' }],
]);

/** What is posted to. */
export const POSTED: readonly string[] = [...FIXED_METHODS.keys()].filter((path) => FIXED_METHODS.get(path)?.['POST']);

const SILENCE_PREFIX = '/api/v2/silence/';
const SILENCE_METHODS: Methods = { GET: 'getSilence', DELETE: 'deleteSilence' };

export type Route =
  | { readonly kind: 'operation'; readonly operation: Operation; readonly silenceId: string; readonly pattern: string }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[]; readonly pattern: string }
  | { readonly kind: 'unknown'; readonly pattern: string };

/** What a path that we do not have counts as in metrics. */
const UNKNOWN: Route = { kind: 'unknown', pattern: 'other' };

export function findRoute(method: string, path: string): Route {
  const clean = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
  const fixed = FIXED.get(clean);
  if (fixed) return fixed.byMethod.get(method) ?? fixed.otherwise;
  if (!clean.startsWith(SILENCE_PREFIX)) return UNKNOWN;
  const id = clean.slice(SILENCE_PREFIX.length);
  if (id === '' || id.includes('/')) return UNKNOWN;
  return chooseMethod(method, SILENCE_METHODS, unescapePath(id), `${SILENCE_PREFIX}{silenceID}`);
}

function chooseMethod(method: string, methods: Methods, silenceId: string, pattern: string): Route {
  // Own keys only: a method may be any word, `constructor` included.
  const operation = Object.hasOwn(methods, method) ? methods[method] : undefined;
  return operation
    ? { kind: 'operation', operation, silenceId, pattern }
    : { kind: 'wrong-method', allowed: Object.keys(methods), pattern };
}

/** The routes of a path that is always the same, made once: every request asks for one twice. */
interface Fixed {
  readonly byMethod: ReadonlyMap<string, Route>;
  readonly otherwise: Route;
}

const FIXED: ReadonlyMap<string, Fixed> = new Map(
  [...FIXED_METHODS].map(([path, methods]) => {
    const routeOf = (method: string): Route => chooseMethod(method, methods, '', path);
    const byMethod = new Map(Object.keys(methods).map((method) => [method, routeOf(method)]));
    return [path, { byMethod, otherwise: routeOf('') }];
  }),
);

function unescapePath(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
