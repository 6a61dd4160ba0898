import { compareBytes, sharedName } from '../labels/index.js';
import { type Matcher, compareMatchers, formatMatchers } from '../matcher/index.js';
import { MatcherIndex } from '../route/index.js';
import type { InhibitLane, InhibitRule, InhibitRuleSet } from './inhibit.js';
import type { InhibitRuleConfig } from './inhibit-rule-config.js';

/** Files the rules under what they look for on either side, so that neither a new alert nor a check walks through all. */
export function compileInhibitRules(configs: readonly InhibitRuleConfig[]): InhibitRuleSet {
  const lanes = new Map<string, InhibitLane>();
  const shared = sharingMatchers();
  const rules = configs.map((config, index) => compileRule(config, index, lanes, shared));
  const laneList = [...lanes.values()];
  return {
    size: rules.length,
    rules,
    lanes: laneList,
    bySource: new MatcherIndex(rules, ({ sourceMatchers }) => sourceMatchers),
    byTarget: new MatcherIndex(laneList, ({ targetMatchers }) => targetMatchers),
  };
}

function compileRule(
  config: InhibitRuleConfig,
  index: number,
  lanes: Map<string, InhibitLane>,
  shared: (matcher: Matcher) => Matcher,
): InhibitRule {
  const equal = [...new Set(config.equal)].map(sharedName).sort(compareBytes);
  const key = JSON.stringify([formatMatchers([...config.targetMatchers].sort(compareMatchers)), ...equal]);
  let lane = lanes.get(key);
  if (!lane) lanes.set(key, (lane = { index: lanes.size, targetMatchers: config.targetMatchers, equal }));
  return { index, name: config.name, sourceMatchers: config.sourceMatchers.map(shared), lane };
}

/** Of those that look alike the first: asked by a thousand rules in turn, it is at hand, and a thousand would have to be fetched. */
function sharingMatchers(): (matcher: Matcher) => Matcher {
  const byText = new Map<string, Matcher>();
  return (matcher) => {
    const text = formatMatchers([matcher]);
    const first = byText.get(text);
    if (first) return first;
    byText.set(text, matcher);
    return matcher;
  };
}
