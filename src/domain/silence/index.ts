export type { Silence, SilenceDraft, SilenceState } from './silence.js';
