export type { Config, InhibitRuleConfig, IntegrationConfig, ReceiverConfig, RouteConfig } from './config.js';
export type { Ruleset } from './ruleset.js';
