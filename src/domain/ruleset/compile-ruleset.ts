import { compileInhibitRules } from '../inhibit/index.js';
import { compileRoutes } from '../route/index.js';
import type { TemplateSet } from '../template/index.js';
import type { Config } from './config.js';
import type { Ruleset } from './ruleset.js';

/** Everything that can be made of a configuration ahead of time. The configuration is valid, so nothing fails here. */
export const compileRuleset = (config: Config, templates: TemplateSet): Ruleset => ({
  config,
  routes: compileRoutes(config.route),
  inhibitRules: compileInhibitRules(config.inhibitRules),
  timeIntervals: config.timeIntervals,
  receivers: new Map(config.receivers.map((receiver) => [receiver.name, receiver])),
  templates,
});
