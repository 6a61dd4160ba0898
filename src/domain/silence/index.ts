export { type SetDecision, type SilenceLimits, checkLimits, decideSet } from './decide-set.js';
export { compareForListing, hasMatchers } from './listing.js';
export type { Silence, SilenceDraft, SilenceState } from './silence.js';
export { SilenceIndex } from './silence-index.js';
export { silenceFromRecord, silenceToJson } from './silence-record.js';
export { expireSilence, isForgettable, silenceMatches, silenceState, supersedes } from './silence-state.js';
export { type MatcherInput, type SilenceInput, validateSilence } from './validate-silence.js';
