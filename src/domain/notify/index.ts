export {
  type IntegrationRef,
  type LogEntry,
  type Notification,
  type NotifyReason,
  type ReceiverData,
  logKey,
} from './notification.js';
export type { Delivered, Failure, FailureReason, Outcome, Send, SendResult } from './outcome.js';
