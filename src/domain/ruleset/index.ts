export type { InhibitRuleConfig } from '../inhibit/index.js';
export type { RouteConfig } from '../route/index.js';
export { compileRuleset } from './compile-ruleset.js';
export type { Config, IntegrationConfig, ReceiverConfig } from './config.js';
export type { Ruleset } from './ruleset.js';
