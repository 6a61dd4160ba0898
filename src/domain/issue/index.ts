export { ISSUE_CODES, type IssueCode } from './codes.js';
export { type Issue, type Position, type Result, failed, formatIssue, ok } from './issue.js';
