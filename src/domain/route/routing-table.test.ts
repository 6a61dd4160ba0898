import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { plainMatchers } from '../../../test/support/builders.js';
import { LabelSet } from '../labels/index.js';
import { compileRoutes } from './compile-routes.js';
import { type RouteStep, explainRoute } from './explain-route.js';
import type { RouteConfig } from './route-config.js';

/** `matchers` as text, a trailing `>` meaning `continue`. */
const node = (matchers: string, routes: readonly RouteConfig[] = [], receiver?: string): RouteConfig => ({
  receiver,
  groupBy: undefined,
  groupWait: undefined,
  groupInterval: undefined,
  repeatInterval: undefined,
  matchers: plainMatchers(matchers.replace('>', '')),
  muteTimeIntervals: [],
  activeTimeIntervals: [],
  continue: matchers.endsWith('>'),
  labels: LabelSet.EMPTY,
  routes,
});

const treeWith = (more: readonly RouteConfig[]) =>
  compileRoutes(
    node(
      '',
      [
        node(
          'owner=team-A',
          [
            node('env=testing', [], 'a-testing'),
            node('env=production kind=~db|cache>', [], 'a-production'),
            node('env=production', [], 'a-production-rest'),
          ],
          'a',
        ),
        node('owner=~team-(B|C)', [node('env!=testing', [], 'bc-live')], 'bc'),
        node('group_by=role>', [node('env=testing', [node('wait=long', [], 'long')], 'role-testing')], 'role'),
        node('group_by=role wait=', [], 'no-wait'),
        node('deep=~.+', [], 'deep'),
        ...more,
      ],
      'default',
    ),
  );
const tree = treeWith([]);
/** The same with so many children that have to be asked that answers are remembered. */
const asked = (count: number) => Array.from({ length: count }, (_, i) => node(`never=~.*${i}`, [], 'never'));
const wide = treeWith(asked(8));

describe('matching', () => {
  const CASES: [string, Record<string, string>, string[]][] = [
    ['nothing fits: the root', {}, ['default']],
    ['unknown labels do not matter', { x: 'y' }, ['default']],
    ['a parent whose children decline', { owner: 'team-A' }, ['a']],
    ['a child in place of its parent', { owner: 'team-A', env: 'testing' }, ['a-testing']],
    ['children in order', { owner: 'team-A', env: 'production' }, ['a-production-rest']],
    ['continue goes on', { owner: 'team-A', env: 'production', kind: 'db' }, ['a-production', 'a-production-rest']],
    ['an expression of literals', { owner: 'team-C', env: 'testing' }, ['bc']],
    ['what is missing differs from a value', { owner: 'team-B' }, ['bc-live']],
    ['an expression is anchored', { owner: 'team-BB' }, ['default']],
    ['continue concerns siblings', { group_by: 'role' }, ['role', 'no-wait']],
    ['a deeper match continues as well', { group_by: 'role', env: 'testing' }, ['role-testing', 'no-wait']],
    ['and deeper', { group_by: 'role', env: 'testing', wait: 'long', deep: '1' }, ['long', 'deep']],
    ['an empty value wants the label missing', { group_by: 'role', wait: 'x' }, ['role']],
    ['matchers that are no literals keep their place', { owner: 'team-A', deep: '1' }, ['a']],
    ['names of an object are labels like any', { ['__proto__']: 'x', constructor: 'y' }, ['default']],
  ];
  it.each(CASES)('%s', (_name, labels, receivers) => {
    for (const [how, table] of [
      ['found', tree],
      ['remembered the second time', wide],
    ] as const) {
      const first = table.match(LabelSet.fromObject(labels));
      expect([how, ...first.map(({ receiver }) => receiver)]).toEqual([how, ...receivers]);
      expect(table.match(LabelSet.fromObject({ ...labels, other: 'label' }))).toBe(first);
    }
  });

  it('does not mistake values for one another when it remembers', () => {
    const two = compileRoutes(node('', [node('a=1 b=2', [], 'x'), ...asked(8)], 'default'));
    const first = (labels: Record<string, string>) => two.match(LabelSet.fromObject(labels))[0]?.receiver;
    expect([first({ a: '11:1:2' }), first({ a: '1', b: '2' }), first({ a: '1', b: '12' })]).toEqual([
      'default',
      'x',
      'default',
    ]);
  });
});

const word = fc.constantFrom('a', 'b', 'c', '', 'ab', 'abc', 'bca');
const matcherText = fc
  .tuple(fc.constantFrom('x', 'y', 'z'), fc.constantFrom('=', '=', '!=', '=~', '!~'), word, word)
  .map(
    ([name, operator, value, other]) => `${name}${operator}${operator.endsWith('~') ? `${value}|${other}.*` : value}`,
  );
const { config } = fc.letrec<{ config: RouteConfig }>((tie) => ({
  config: fc
    .tuple(
      fc.array(matcherText, { maxLength: 2 }),
      fc.boolean(),
      fc.oneof({ depthSize: 'small' }, fc.constant([]), fc.array(tie('config'), { maxLength: 6 })),
    )
    .map(([matchers, goOn, routes]) => node(`${matchers.join(' ')}${goOn ? '>' : ''}`, routes)),
}));
const labelSet = fc
  .dictionary(fc.constantFrom('x', 'y', 'z', 'w'), fc.constantFrom('a', 'b', 'c'))
  .map(LabelSet.fromObject);

const targetsOf = (step: RouteStep): string[] => [
  ...(step.outcome === 'target' ? [step.route.id] : []),
  ...step.children.flatMap(targetsOf),
];

describe('any tree', () => {
  it('matches what the plain walk matches, every matcher asked', () => {
    fc.assert(
      fc.property(fc.array(config, { maxLength: 8 }), fc.array(labelSet), (routes, sets) => {
        const any = compileRoutes(node('', routes, 'default'));
        for (const labels of sets)
          for (let time = 0; time < 2; time++)
            expect(any.match(labels).map(({ id }) => id)).toEqual(targetsOf(explainRoute(any, labels)));
      }),
    );
  });

  it('has an id of its own for every route, which begins with that of its parent', () => {
    fc.assert(
      fc.property(fc.array(config, { maxLength: 8 }), (routes) => {
        const any = compileRoutes(node('', routes, 'default'));
        expect(new Set(any.routes.map(({ id }) => id)).size).toBe(any.routes.length);
        for (const { id, parent } of any.routes) if (parent) expect(id.startsWith(`${parent.id}/`)).toBe(true);
      }),
    );
  });
});

describe('the explanation', () => {
  const explain = (labels: Record<string, string>) =>
    explainRoute(tree, LabelSet.fromObject(labels)).children.map(({ outcome, because }) => `${outcome}: ${because}`);

  it('says why each route was taken or left', () => {
    expect(explain({ owner: 'team-C', env: 'live' })).toEqual([
      'mismatch: owner="team-A" does not match: owner is "team-C"',
      'passed-on: matches; one route matches below it',
      'not-tried: {}/{owner=~"team-(B|C)"}/1 took the alert and does not continue',
      'not-tried: {}/{owner=~"team-(B|C)"}/1 took the alert and does not continue',
      'not-tried: {}/{owner=~"team-(B|C)"}/1 took the alert and does not continue',
    ]);
    expect(explain({ group_by: 'role', wait: 'x' })).toEqual([
      'mismatch: owner="team-A" does not match: there is no label owner',
      'mismatch: owner=~"team-(B|C)" does not match: there is no label owner',
      'target: matches, and no route below it does',
      'mismatch: wait="" does not match: wait is "x"',
      'mismatch: deep=~".+" does not match: there is no label deep',
    ]);
  });
});
