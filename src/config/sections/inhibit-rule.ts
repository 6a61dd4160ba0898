/** `inhibit_rules`: no key is required; all forms of a side hold together. */
import { type MatcherMode, isLabelName } from '../../domain/labels/index.js';
import { quoteGo } from '../../domain/matcher/index.js';
import type { InhibitRuleConfig } from '../../domain/ruleset/index.js';
import { type Infer, type ObjectSchema, list, object, text } from '../schema/index.js';
import { allMatchers, checkMatchNames, matchMap, matchRegexMap, matchers } from './matcher-fields.js';

const fields = {
  name: text({ help: 'Name for metrics and explanations.' }),
  source_match: matchMap({ deprecated: 'source_matchers', help: 'Labels of the alert that mutes.' }),
  source_match_re: matchRegexMap({ deprecated: 'source_matchers', help: 'The same with regular expressions.' }),
  source_matchers: matchers({ help: 'Which alerts mute.' }),
  target_match: matchMap({ deprecated: 'target_matchers', help: 'Labels of the alert that is muted.' }),
  target_match_re: matchRegexMap({ deprecated: 'target_matchers', help: 'The same with regular expressions.' }),
  target_matchers: matchers({ help: 'Which alerts are muted.' }),
  equal: list(text({ default: '' }), { help: 'Labels that both must have alike.' }),
};
export type InhibitRuleSettings = Infer<typeof fields>;

export const inhibitRuleSchema = (mode: MatcherMode): ObjectSchema<InhibitRuleSettings> =>
  object('common.plain', fields, {
    check(rule, report) {
      checkMatchNames(report, 'source_match', rule.sourceMatch);
      checkMatchNames(report, 'target_match', rule.targetMatch);
      for (const name of rule.equal) {
        if (!isLabelName(name, mode))
          report('invalid-label', 'equal', `invalid label name ${quoteGo(name)} in equal list`);
      }
    },
  });

export const toInhibitRuleConfig = (rule: InhibitRuleSettings): InhibitRuleConfig => ({
  name: rule.name ?? '',
  sourceMatchers: allMatchers(rule.sourceMatch, rule.sourceMatchRe, rule.sourceMatchers),
  targetMatchers: allMatchers(rule.targetMatch, rule.targetMatchRe, rule.targetMatchers),
  equal: rule.equal,
});
