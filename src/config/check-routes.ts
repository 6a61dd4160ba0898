/** Rules between the routing tree and what it refers to. */
import { quoteGo } from '../domain/matcher/index.js';
import type { RootSettings } from './root.js';
import { type Decoder, closest } from './schema/index.js';
import type { RouteSettings } from './sections/route.js';

/** Answers the names of the receivers in use. */
export function checkRoutes(root: RootSettings, decoder: Decoder): ReadonlySet<string> {
  const used = new Set<string>();
  const { route } = root;
  // What could not be read was reported; complaining that it is missing would only confuse.
  const refused = decoder.originOf(root)?.refused ?? new Set<string>();
  if (!route) {
    if (!refused.has('route'))
      decoder.reporterOf(root)('missing-value', 'route', 'no routes provided', 'add route with a receiver');
    return used;
  }
  checkRootRoute(route, decoder);
  const receivers = refused.has('receivers') ? undefined : new Set(root.receivers.map(({ name }) => name));
  walk(route, (node) => checkReceiver(node, receivers, used, decoder));
  checkIntervalNames(root, decoder);
  if (!refused.has('time_intervals') && !refused.has('mute_time_intervals')) {
    const intervals = new Set([...root.muteTimeIntervals, ...root.timeIntervals].map(({ name }) => name));
    walk(route, (node) => checkIntervals(node, intervals, decoder));
  }
  if (route.continue) {
    decoder.reporterOf(route)('invalid-value', 'continue', 'cannot have continue in root route', 'it has no siblings');
  }
  return used;
}

function checkRootRoute(route: RouteSettings, decoder: Decoder): void {
  const report = decoder.reporterOf(route);
  const refused = decoder.originOf(route)?.refused;
  if (route.receiver === undefined && !refused?.has('receiver')) {
    report('missing-value', 'receiver', 'root route must specify a default receiver', 'add receiver');
  }
  const matching = [
    ['match', route.match.size],
    ['match_re', route.matchRe.size],
    ['matchers', route.matchers.length],
  ] as const;
  const matcher = matching.find(([, size]) => size > 0);
  if (matcher)
    report('invalid-value', matcher[0], 'root route must not have any matchers', 'put them on a route below');
  if (route.muteTimeIntervals.length > 0) {
    report('invalid-value', 'mute_time_intervals', 'root route must not have any mute time intervals', BELOW);
  }
  if (route.activeTimeIntervals.length > 0) {
    report('invalid-value', 'active_time_intervals', 'root route must not have any active time intervals', BELOW);
  }
}

const BELOW = 'put them on a route below';

/** Children first, as Alertmanager does. */
function walk(route: RouteSettings, visit: (route: RouteSettings) => void): void {
  for (const child of route.routes) if (child) walk(child, visit);
  visit(route);
}

function checkReceiver(
  route: RouteSettings,
  receivers: ReadonlySet<string> | undefined,
  used: Set<string>,
  decoder: Decoder,
): void {
  const report = decoder.reporterOf(route);
  route.routes.forEach((child, index) => {
    if (!child)
      report('missing-value', 'routes', `missing route in routes[${index}]`, 'give it settings or drop the dash');
  });
  if (route.receiver === undefined) return;
  used.add(route.receiver);
  if (!receivers || receivers.has(route.receiver)) return;
  const message = `undefined receiver ${quoteGo(route.receiver)} used in route`;
  report('undefined-name', 'receiver', message, closest(route.receiver, receivers));
}

function checkIntervalNames(root: RootSettings, decoder: Decoder): void {
  const names = new Set<string>();
  const check = (what: string, intervals: RootSettings['timeIntervals']): void => {
    for (const interval of intervals) {
      if (names.has(interval.name)) {
        decoder.reporterOf(interval)(
          'duplicate-name',
          'name',
          `${what} ${quoteGo(interval.name)} is not unique`,
          'rename one of them',
        );
      }
      names.add(interval.name);
    }
  };
  check('mute time interval', root.muteTimeIntervals);
  check('time interval', root.timeIntervals);
}

function checkIntervals(route: RouteSettings, intervals: ReadonlySet<string>, decoder: Decoder): void {
  const report = decoder.reporterOf(route);
  const check = (key: string, names: readonly string[]): void => {
    for (const name of names) {
      if (intervals.has(name)) continue;
      report('undefined-name', key, `undefined time interval ${quoteGo(name)} used in route`, closest(name, intervals));
    }
  };
  check('active_time_intervals', route.activeTimeIntervals);
  check('mute_time_intervals', route.muteTimeIntervals);
}
