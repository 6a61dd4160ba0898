/**
 * The paths outside the API that Alertmanager's own router knows, with their methods and the name under which they are counted.
 * Facts: reference "HTTP interface", sections 1 and 9.
 */
export interface OpsPath {
  /** Plain text, or with a `*` at the end for everything below. */
  readonly path: string;
  readonly methods: readonly string[];
  readonly pattern: string;
  /** Whether nothing may follow the last slash. */
  readonly mayEnd?: boolean;
}

const READ = ['GET'] as const;
const PROBE = ['GET', 'HEAD'] as const;

export const OPS_PATHS: readonly OpsPath[] = [
  { path: '/', methods: READ, pattern: '/' },
  { path: '/favicon.ico', methods: READ, pattern: '/favicon.ico' },
  { path: '/metrics', methods: READ, pattern: '/metrics' },
  { path: '/-/healthy', methods: PROBE, pattern: '/-/healthy' },
  { path: '/-/ready', methods: PROBE, pattern: '/-/ready' },
  { path: '/-/reload', methods: ['POST'], pattern: '/-/reload' },
  { path: '/debug/*', methods: ['GET', 'POST'], pattern: '/debug/*subpath', mayEnd: true },
  { path: '/api/v1/status', methods: READ, pattern: '/status' },
  { path: '/api/v1/receivers', methods: READ, pattern: '/receivers' },
  { path: '/api/v1/alerts', methods: ['GET', 'POST'], pattern: '/alerts' },
  { path: '/api/v1/silences', methods: ['GET', 'POST'], pattern: '/silences' },
  { path: '/api/v1/silence/*', methods: ['GET', 'DELETE'], pattern: '/silence/:sid' },
];

const fixed = new Map(OPS_PATHS.filter(({ path }) => !path.endsWith('*')).map((entry) => [entry.path, entry]));
const below = OPS_PATHS.filter(({ path }) => path.endsWith('*'));

export function findOpsPath(path: string): OpsPath | undefined {
  return (
    fixed.get(path) ??
    below.find(
      (entry) => path.startsWith(entry.path.slice(0, -1)) && (path.length >= entry.path.length || entry.mayEnd),
    )
  );
}

/** The path that was probably meant, if it takes the method: other letter case, a slash too many or too few. */
export function correctedPath(path: string, method: string): string | undefined {
  if (path === '/debug' && (method === 'GET' || method === 'POST')) return '/debug/';
  const wanted = path.toLowerCase();
  const other = wanted.length > 1 && wanted.endsWith('/') ? wanted.slice(0, -1) : `${wanted}/`;
  return [wanted, other].find((candidate) => candidate !== path && fixed.get(candidate)?.methods.includes(method));
}

/** Probes say whether the process lives; a busy server must not look like a dead one. */
export const isProbe = (path: string): boolean => path === '/-/healthy' || path === '/-/ready';
