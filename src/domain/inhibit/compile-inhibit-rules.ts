import { compareBytes, sharedName } from '../labels/index.js';
import { compareMatchers, formatMatchers } from '../matcher/index.js';
import { MatcherIndex } from '../route/index.js';
import type { InhibitLane, InhibitRule, InhibitRuleSet } from './inhibit.js';
import type { InhibitRuleConfig } from './inhibit-rule-config.js';

/** Files the rules under what they look for on either side, so that neither a new alert nor a check walks through all. */
export function compileInhibitRules(configs: readonly InhibitRuleConfig[]): InhibitRuleSet {
  const lanes = new Map<string, InhibitLane>();
  const rules = configs.map((config, index) => compileRule(config, index, lanes));
  const laneList = [...lanes.values()];
  return {
    size: rules.length,
    rules,
    lanes: laneList,
    bySource: new MatcherIndex(rules, ({ sourceMatchers }) => sourceMatchers),
    byTarget: new MatcherIndex(laneList, ({ targetMatchers }) => targetMatchers),
  };
}

function compileRule(config: InhibitRuleConfig, index: number, lanes: Map<string, InhibitLane>): InhibitRule {
  const equal = [...new Set(config.equal)].map(sharedName).sort(compareBytes);
  const key = JSON.stringify([formatMatchers([...config.targetMatchers].sort(compareMatchers)), ...equal]);
  let lane = lanes.get(key);
  if (!lane) lanes.set(key, (lane = { index: lanes.size, targetMatchers: config.targetMatchers, equal }));
  return { index, name: config.name, sourceMatchers: config.sourceMatchers, lane };
}
