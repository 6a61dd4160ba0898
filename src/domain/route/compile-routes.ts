import { LabelSet, sharedName } from '../labels/index.js';
import { formatMatchers } from '../matcher/index.js';
import { HOUR, MINUTE, SECOND, duration } from '../time/index.js';
import { RoutingTable } from './routing-table.js';
import type { RouteConfig } from './route-config.js';
import type { Route, RouteTree } from './route.js';

/**
 * Makes of the written tree one in which every node knows all it inherits, its key and its id.
 *
 * Keys and ids are byte for byte Alertmanager's: they are the identity under which notifications were logged.
 * Mute and active intervals, matchers and `continue` are a node's own; everything else is inherited.
 */
export function compileRoutes(config: RouteConfig): RouteTree {
  const routes: Route[] = [];
  const root = compileRoute(config, undefined, 0, routes);
  return new RoutingTable(root, routes);
}

const DEFAULTS = {
  receiver: '',
  groupBy: [],
  groupWait: duration(30 * SECOND),
  groupInterval: duration(5 * MINUTE),
  repeatInterval: duration(4 * HOUR),
  labels: LabelSet.EMPTY,
} satisfies Partial<Route>;

function compileRoute(config: RouteConfig, parent: Route | undefined, sibling: number, routes: Route[]): Route {
  const inherited: Pick<Route, keyof typeof DEFAULTS> = parent ?? DEFAULTS;
  const matchers = formatMatchers(config.matchers);
  const children: Route[] = [];
  const route: Route = {
    id: parent ? `${parent.id}/${matchers}/${sibling}` : matchers,
    key: parent ? `${parent.key}/${matchers}` : matchers,
    position: routes.length,
    parent,
    children,
    matchers: config.matchers,
    continue: config.continue,
    // An empty name inherits as well, as in Alertmanager.
    receiver: config.receiver || inherited.receiver,
    groupBy: sharedNames(config.groupBy) ?? inherited.groupBy,
    groupWait: config.groupWait ?? inherited.groupWait,
    groupInterval: config.groupInterval ?? inherited.groupInterval,
    repeatInterval: config.repeatInterval ?? inherited.repeatInterval,
    muteTimeIntervals: config.muteTimeIntervals,
    activeTimeIntervals: config.activeTimeIntervals,
    labels: mergeLabels(inherited.labels, config.labels),
  };
  routes.push(route);
  for (const [index, child] of config.routes.entries()) children.push(compileRoute(child, route, index, routes));
  return route;
}

const mergeLabels = (inherited: LabelSet, own: LabelSet): LabelSet =>
  own.size === 0 ? inherited : LabelSet.from([...inherited.entries(), ...own.entries()]);

/** They are looked up in each alert. */
const sharedNames = (groupBy: RouteConfig['groupBy']): RouteConfig['groupBy'] =>
  groupBy === undefined || groupBy === '...' ? groupBy : groupBy.map(sharedName);
