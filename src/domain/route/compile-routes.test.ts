import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import { createMatcher } from '../matcher/index.js';
import type { Matcher } from '../matcher/index.js';
import { duration } from '../time/index.js';
import { compileRoutes } from './compile-routes.js';
import type { RouteConfig } from './route-config.js';

const matcher = (name: string, operator: Matcher['operator'], value: string): Matcher => {
  const result = createMatcher(operator, name, value);
  if (!result.ok) throw new Error(value);
  return result.value;
};

const node = (fields: Partial<RouteConfig> = {}): RouteConfig => ({
  receiver: undefined,
  groupBy: undefined,
  groupWait: undefined,
  groupInterval: undefined,
  repeatInterval: undefined,
  matchers: [],
  muteTimeIntervals: [],
  activeTimeIntervals: [],
  continue: false,
  labels: LabelSet.EMPTY,
  routes: [],
  ...fields,
});

const foo = [matcher('foo', '=', 'bar')];

describe('keys and ids', () => {
  const tree = compileRoutes(
    node({
      receiver: 'root',
      routes: [
        node({ matchers: foo, routes: [node({ matchers: [matcher('bar', '=', 'baz')] })] }),
        node({ matchers: foo }),
        node({ matchers: [matcher('a b', '!=', 'é"'), matcher('kind', '=~', 'a|b"\n')] }),
        node(),
      ],
    }),
  );

  it('are those under which notifications are logged', () => {
    expect(tree.routes.map(({ id, key }) => [id, key])).toEqual([
      ['{}', '{}'],
      ['{}/{foo="bar"}/0', '{}/{foo="bar"}'],
      ['{}/{foo="bar"}/0/{bar="baz"}/0', '{}/{foo="bar"}/{bar="baz"}'],
      ['{}/{foo="bar"}/1', '{}/{foo="bar"}'],
      ['{}/{"a b"!="é\\"",kind=~"a|b\\"\\n"}/2', '{}/{"a b"!="é\\"",kind=~"a|b\\"\\n"}'],
      ['{}/{}/3', '{}/{}'],
    ]);
  });

  it('stand at their place of the depth-first walk and know their parents', () => {
    expect(tree.routes.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(tree.routes.map(({ parent }) => parent?.position)).toEqual([undefined, 0, 1, 0, 0, 0]);
    expect(tree.root.children.map(({ position }) => position)).toEqual([1, 3, 4, 5]);
  });
});

describe('inheritance', () => {
  const child = (parent: Partial<RouteConfig>, own: Partial<RouteConfig>) =>
    compileRoutes(node({ receiver: 'root', routes: [node({ ...parent, routes: [node(own)] })] })).routes[2];

  it('starts from the defaults', () => {
    expect(compileRoutes(node({ receiver: 'r' })).root).toMatchObject({
      receiver: 'r',
      groupBy: [],
      groupWait: 30_000,
      groupInterval: 300_000,
      repeatInterval: 14_400_000,
    });
  });

  const CASES: [string, Partial<RouteConfig>, Partial<RouteConfig>, object][] = [
    ['receiver', { receiver: 'p' }, {}, { receiver: 'p' }],
    ['an empty receiver', { receiver: 'p' }, { receiver: '' }, { receiver: 'p' }],
    ['own receiver', { receiver: 'p' }, { receiver: 'c' }, { receiver: 'c' }],
    ['group_by', { groupBy: ['a'] }, {}, { groupBy: ['a'] }],
    ['group_by all', { groupBy: '...' }, {}, { groupBy: '...' }],
    ['a list cancels all', { groupBy: '...' }, { groupBy: ['a'] }, { groupBy: ['a'] }],
    ['an empty list cancels all', { groupBy: '...' }, { groupBy: [] }, { groupBy: [] }],
    ['all replaces a list', { groupBy: ['a'] }, { groupBy: '...' }, { groupBy: '...' }],
    ['waits', { groupWait: duration(1), repeatInterval: duration(9) }, {}, { groupWait: 1, repeatInterval: 9 }],
    ['a wait of zero', { groupWait: duration(1) }, { groupWait: duration(0) }, { groupWait: 0 }],
    ['not the intervals', { muteTimeIntervals: ['m'], activeTimeIntervals: ['a'] }, {}, { muteTimeIntervals: [] }],
    ['not continue', { continue: true }, {}, { continue: false }],
    ['not matchers', { matchers: foo }, {}, { matchers: [] }],
  ];
  it.each(CASES)('%s', (_name, parent, own, want) => expect(child(parent, own)).toMatchObject(want));

  it('merges labels, the child winning, and leaves the parent as it is', () => {
    const labels = LabelSet.fromObject;
    const { routes } = compileRoutes(
      node({
        receiver: 'r',
        labels: labels({ a: 'root', b: 'root' }),
        routes: [node({ labels: labels({ b: 'child', c: 'child' }) }), node()],
      }),
    );
    expect(routes.map((route) => ({ ...route.labels.toObject() }))).toEqual([
      { a: 'root', b: 'root' },
      { a: 'root', b: 'child', c: 'child' },
      { a: 'root', b: 'root' },
    ]);
  });
});
