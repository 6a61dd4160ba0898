export {
  type FlushDecision,
  type FlushGroup,
  type FlushIntegration,
  type FlushWorld,
  type IntegrationDecision,
  type SkipCause,
  type SkipDecision,
  type TellDecision,
  decideFlush,
  settleFlush,
} from './decide-flush.js';
export { type DedupBatch, type DedupSkip, type DedupVerdict, dedup } from './dedup.js';
export { type LogPolicy, type Told, hashOf, logEntryAfter, mergeLogEntry } from './log-entry.js';
export { type ToldText, logEntryFromRecord, logEntryToRecord, toldToText } from './log-record.js';
export {
  type Mute,
  type MutedAlert,
  type MuteReason,
  type Muters,
  type MuteVerdict,
  countMuted,
  muteStages,
} from './mute-stages.js';
export {
  type IntegrationRef,
  type LogEntry,
  type Notification,
  type NotifyReason,
  type ReceiverData,
  logKey,
} from './notification.js';
export type { Delivered, Failure, FailureReason, Outcome, Send, SendResult } from './outcome.js';
export { xxh64OfLabels } from './xxh64.js';
