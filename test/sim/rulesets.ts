/** The configurations among which reloads choose. */
import type { Ruleset } from '../../src/domain/ruleset/index.js';
import { aConfig, aReceiver, aRuleset, matchersOf, seconds } from '../support/builders.js';

const RESOLVE_TIMEOUT = seconds(40);
export const REPEAT = seconds(30);

const ROUTES = [
  { groupBy: ['alertname'], matchers: '{zone="a"}' },
  { groupBy: ['alertname', 'zone'], matchers: '{zone=~"a"}' },
  { groupBy: [], matchers: '{zone="a"}' },
  { groupBy: ['instance'], matchers: '{zone="a", alertname!=""}' },
];

/** They differ in how alerts are grouped and matched, not in who is told of which alert. */
export const rulesets: readonly Ruleset[] = ROUTES.map(({ groupBy, matchers }) =>
  aRuleset(
    aConfig({
      resolveTimeout: RESOLVE_TIMEOUT,
      receivers: [aReceiver('default'), aReceiver('a', [true, false])],
      inhibitRules: [
        {
          name: '',
          sourceMatchers: matchersOf('{alertname="Full"}'),
          targetMatchers: matchersOf('{alertname="Slow"}'),
          equal: ['zone'],
        },
      ],
      route: {
        receiver: 'default',
        groupBy,
        groupWait: seconds(2),
        groupInterval: seconds(5),
        repeatInterval: REPEAT,
        routes: [{ matchers, receiver: 'a' }],
      },
    }),
  ),
);
