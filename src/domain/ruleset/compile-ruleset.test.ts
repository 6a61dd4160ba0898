import { describe, expect, it } from '@jest/globals';
import { LabelSet } from '../labels/index.js';
import type { TemplateSet } from '../template/index.js';
import { MINUTE } from '../time/index.js';
import { compileRuleset } from './compile-ruleset.js';
import type { Config } from './config.js';

const config: Config = {
  resolveTimeout: MINUTE,
  route: {
    receiver: 'team',
    groupBy: ['alertname'],
    groupWait: undefined,
    groupInterval: undefined,
    repeatInterval: undefined,
    matchers: [],
    muteTimeIntervals: [],
    activeTimeIntervals: [],
    continue: false,
    labels: LabelSet.EMPTY,
    routes: [],
  },
  inhibitRules: [{ name: 'r', sourceMatchers: [], targetMatchers: [], equal: [] }],
  receivers: [{ name: 'team', labels: LabelSet.fromObject({ name: 'team' }), integrations: [] }],
  timeIntervals: new Map([['weekend', []]]),
  templateFiles: [],
};
const templates: TemplateSet = { text: (source) => source, html: (source) => source, checkSyntax: () => undefined };

describe('a ruleset', () => {
  it('holds everything that one configuration means', () => {
    const ruleset = compileRuleset(config, templates);
    expect(ruleset.routes.match(LabelSet.EMPTY)).toEqual([ruleset.routes.root]);
    expect(ruleset.inhibitRules.rules.map(({ name, index }) => [name, index])).toEqual([['r', 0]]);
    expect(ruleset.receivers.get('team')).toBe(config.receivers[0]);
    expect([...ruleset.timeIntervals.keys()]).toEqual(['weekend']);
    expect([ruleset.config, ruleset.templates]).toEqual([config, templates]);
  });
});
