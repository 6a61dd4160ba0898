import type { LabelSet } from '../labels/index.js';
import { matchesAll } from '../matcher/index.js';
import { MatcherIndex } from './matcher-index.js';
import type { Route, RouteTree } from './route.js';

/** How many different answers are remembered. At the bound all are dropped: the tree is quick enough without. */
const MEMO_LIMIT = 10_000;

/**
 * Finds the routes of a label set: depth first, left to right; `continue` looks at the next siblings, and a node whose
 * children all decline takes the alert itself.
 *
 * Answers are remembered by those labels that some matcher of the tree looks at, since no other can change them.
 */
export class RoutingTable implements RouteTree {
  readonly #children: readonly MatcherIndex<Route>[];
  /** The labels that matter, each with a short name for the memo's key. */
  readonly #looksAt = new Map<string, number>();
  readonly #memo = new Map<string, readonly Route[]>();

  constructor(
    readonly root: Route,
    readonly routes: readonly Route[],
  ) {
    this.#children = routes.map((route) => new MatcherIndex(route.children, (child) => child.matchers));
    for (const { matchers } of routes)
      for (const { name } of matchers) if (!this.#looksAt.has(name)) this.#looksAt.set(name, this.#looksAt.size);
  }

  match(labels: LabelSet): readonly Route[] {
    const key = this.#memoKey(labels);
    const known = this.#memo.get(key);
    if (known) return known;
    const found: Route[] = [];
    this.#collect(this.root, labels, found);
    if (this.#memo.size >= MEMO_LIMIT) this.#memo.clear();
    this.#memo.set(key, found);
    return found;
  }

  /** Adds the leaf-most matches at or below a node that matches. */
  #collect(route: Route, labels: LabelSet, found: Route[]): void {
    const before = found.length;
    // Every position of the walk has its index.
    for (const child of (this.#children[route.position] as MatcherIndex<Route>).candidates(labels)) {
      if (!matchesAll(child.matchers, labels)) continue;
      this.#collect(child, labels, found);
      if (!child.continue) break;
    }
    if (found.length === before) found.push(route);
  }

  /** Lengths make it unambiguous whatever the values hold. */
  #memoKey({ names, values }: LabelSet): string {
    let key = '';
    for (let i = 0; i < names.length; i++) {
      const short = this.#looksAt.get(names[i] as string);
      if (short === undefined) continue;
      const value = values[i] as string;
      key += `${short}:${value.length}:${value}`;
    }
    return key;
  }
}
