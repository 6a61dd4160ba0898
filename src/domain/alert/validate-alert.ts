import { type Issue, type Result, failed, ok } from '../issue/index.js';
import { type LabelSet, type MatcherMode, isLabelName, isLabelValue } from '../labels/index.js';
import { quoteGo } from '../matcher/index.js';
import type { Alert } from './alert.js';

/**
 * Whether a completed alert may be stored. The first thing that is wrong is told, in Alertmanager's order and words:
 * clients read them.
 */
export function validateAlert(alert: Alert, mode: MatcherMode): Result<Alert> {
  const issue = timesIssue(alert) ?? labelsIssue(alert, mode);
  return issue ? failed(issue) : ok(alert);
}

/** The part that no earlier report can answer for. */
export const hasGoodTimes = (alert: Alert): boolean => timesIssue(alert) === undefined;

function timesIssue({ startsAt, endsAt }: Alert): Issue | undefined {
  if (startsAt.isZero) return invalid('startsAt', 'start time missing');
  if (!endsAt.isZero && endsAt.at < startsAt.at) return invalid('endsAt', 'start time must be before end time');
  return undefined;
}

function labelsIssue({ labels, annotations }: Alert, mode: MatcherMode): Issue | undefined {
  if (labels.size === 0) return invalid('labels', 'at least one label pair required');
  const inLabels = pairText(labels, mode);
  if (inLabels) return invalid('labels', `invalid label set: ${inLabels}`);
  const inAnnotations = pairText(annotations, mode);
  return inAnnotations ? invalid('annotations', `invalid annotations: ${inAnnotations}`) : undefined;
}

function pairText(labels: LabelSet, mode: MatcherMode): string | undefined {
  for (let i = 0; i < labels.size; i++) {
    const name = labels.names[i] as string;
    const value = labels.values[i] as string;
    if (!isLabelName(name, mode)) return `invalid name ${quoteGo(name)}`;
    if (!isLabelValue(value)) return `invalid value ${quoteGo(value)}`;
  }
  return undefined;
}

const invalid = (path: string, message: string): Issue => ({ code: 'invalid-alert', path, message });
