export { AlertLimiter } from './alert-limiter.js';
export { type Steps, sortForNotification, sortInSteps } from './alert-order.js';
export {
  AlertHeads,
  type AlertRecord,
  type Lease,
  alertFromRecord,
  alertFromText,
  alertToRecord,
  leaseFromRecord,
  leaseToRecord,
} from './alert-record.js';
export { formatAlertSummary } from './alert-summary.js';
export { type Alert, isResolved } from './alert.js';
export { type PostedAlert, completeAlert, completeTimes } from './complete-alert.js';
export { type MergedAlert, mergeAlerts } from './merge-alerts.js';
export { damaged, labelsFromRecord, labelsToRecord } from './record-fields.js';
export { hasGoodTimes, validateAlert } from './validate-alert.js';
