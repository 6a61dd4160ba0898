export { formatGroupLabels, groupKey, groupLabels } from './group-key.js';
export { type GroupRecord, type GroupState, groupFromRecord, groupToRecord } from './group-record.js';
export { firstFlushAt, nextFlushAt } from './group-timing.js';
