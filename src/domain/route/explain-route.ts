import type { LabelSet } from '../labels/index.js';
import { type Matcher, formatMatcher } from '../matcher/index.js';
import type { Route, RouteTree } from './route.js';

/**
 * The walk through the tree for one label set, written down with the reason of every turn.
 *
 * Keeps: the steps whose outcome is `target` are, in order, what `tree.match` answers. It asks every matcher afresh,
 * so it also is the plain statement of the rule that the index and the memo have to keep.
 */
export interface RouteStep {
  readonly route: Route;
  readonly outcome: RouteOutcome;
  readonly because: string;
  /** The first matcher that declined, with the value it saw. */
  readonly declinedBy?: { readonly matcher: Matcher; readonly value: string };
  readonly children: readonly RouteStep[];
}

/**
 * `target`: the alert goes here. `passed-on`: it matches and a child took the alert. `mismatch`: a matcher declined.
 * `not-tried`: an earlier sibling took the alert and does not `continue`.
 */
export type RouteOutcome = 'target' | 'passed-on' | 'mismatch' | 'not-tried';

export const explainRoute = (tree: RouteTree, labels: LabelSet): RouteStep => explain(tree.root, labels);

function explain(route: Route, labels: LabelSet): RouteStep {
  const matcher = route.matchers.find((candidate) => !candidate.matches(labels.get(candidate.name)));
  if (matcher) return mismatch(route, matcher, labels.get(matcher.name));
  const children = explainChildren(route, labels);
  const takers = children.filter(isTaken).length;
  if (takers > 0) return { route, outcome: 'passed-on', because: `matches; ${count(takers)} below it`, children };
  const because = route.children.length === 0 ? 'matches' : 'matches, and no route below it does';
  return { route, outcome: 'target', because, children };
}

function explainChildren(route: Route, labels: LabelSet): RouteStep[] {
  let stop: Route | undefined;
  return route.children.map((child) => {
    if (stop) return notTried(child, stop);
    const step = explain(child, labels);
    if (isTaken(step) && !child.continue) stop = child;
    return step;
  });
}

const isTaken = ({ outcome }: RouteStep): boolean => outcome === 'target' || outcome === 'passed-on';

const count = (routes: number): string => (routes === 1 ? 'one route matches' : `${routes} routes match`);

function mismatch(route: Route, matcher: Matcher, value: string): RouteStep {
  const seen = value === '' ? `there is no label ${matcher.name}` : `${matcher.name} is ${JSON.stringify(value)}`;
  const because = `${formatMatcher(matcher)} does not match: ${seen}`;
  return { route, outcome: 'mismatch', because, declinedBy: { matcher, value }, children: [] };
}

const notTried = (route: Route, stop: Route): RouteStep => ({
  route,
  outcome: 'not-tried',
  because: `${stop.id} took the alert and does not continue`,
  children: [],
});
