import type { LabelSet } from '../labels/index.js';
import { matchesAll } from '../matcher/index.js';
import { MatcherIndex } from './matcher-index.js';
import type { Route, RouteTree } from './route.js';

/** How many different answers are remembered. At the bound all are dropped. */
const MEMO_LIMIT = 10_000;
/** So few children that have to be asked one by one are asked sooner than an answer is looked up. */
const FEW = 4;

/**
 * Finds the routes of a label set: depth first, left to right; `continue` looks at the next siblings, and a node whose
 * children all decline takes the alert itself.
 *
 * Where many children have to be asked one by one, answers are remembered by those labels that some matcher of the tree looks
 * at, since no other can change them. Label sets with the same routes get the same list.
 */
export class RoutingTable implements RouteTree {
  /** By position, as what follows. */
  readonly #children: MatcherIndex<Route>[] = [];
  /** The labels that matter, each with a short name for the memo's key. */
  readonly #looksAt = new Map<string, number>();
  readonly #memo: Map<string, readonly Route[]> | undefined;
  /** The list of each route where it is the only one: so it is with most alerts. */
  readonly #alone: (readonly Route[])[] = [];
  /** The lists of several, by their positions. */
  readonly #lists = new Map<string, readonly Route[]>();

  constructor(
    readonly root: Route,
    readonly routes: readonly Route[],
  ) {
    // Pushed one by one: what `map` makes is of another kind to the engine once this is compiled.
    for (const route of routes) {
      this.#children.push(new MatcherIndex(route.children, (child) => child.matchers));
      this.#alone.push([route]);
      for (const { name } of route.matchers) if (!this.#looksAt.has(name)) this.#looksAt.set(name, this.#looksAt.size);
    }
    if (this.#children.some(({ restCount }) => restCount > FEW)) this.#memo = new Map();
  }

  match(labels: LabelSet): readonly Route[] {
    if (!this.#memo) return this.#find(labels);
    const key = this.#memoKey(labels);
    const known = this.#memo.get(key);
    if (known) return known;
    const found = this.#find(labels);
    if (this.#memo.size >= MEMO_LIMIT) this.#memo.clear();
    this.#memo.set(key, found);
    return found;
  }

  #find(labels: LabelSet): readonly Route[] {
    const found = this.#below(this.root, labels);
    return found.length === 1 ? found : this.#shared(found);
  }

  /** The leaf-most matches at or below a node that matches. */
  #below(route: Route, labels: LabelSet): readonly Route[] {
    let found: readonly Route[] | undefined;
    let several: Route[] | undefined;
    // Every position of the walk has its index.
    for (const child of (this.#children[route.position] as MatcherIndex<Route>).candidates(labels)) {
      if (!matchesAll(child.matchers, labels)) continue;
      const below = this.#below(child, labels);
      if (!found) found = below;
      else {
        found = several ??= [...found];
        for (const other of below) several.push(other);
      }
      if (!child.continue) break;
    }
    return found ?? (this.#alone[route.position] as readonly Route[]);
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

  #shared(routes: readonly Route[]): readonly Route[] {
    const key = routes.map(({ position }) => position).join(' ');
    const known = this.#lists.get(key);
    if (known) return known;
    if (this.#lists.size >= MEMO_LIMIT) this.#lists.clear();
    this.#lists.set(key, routes);
    return routes;
  }
}
