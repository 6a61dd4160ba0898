export type { Inhibition, InhibitRuleSet, Inhibitor } from './inhibit.js';
