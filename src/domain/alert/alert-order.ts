import { compareBytes, compareLabelSets } from '../labels/index.js';
import type { Alert } from './alert.js';

const FIRST_BY = ['job', 'instance'];

/** The order of alerts in notifications and group listings: by job, then instance (who has the label first), then labels. */
export function compareForNotification(a: Pick<Alert, 'labels'>, b: Pick<Alert, 'labels'>): number {
  for (const name of FIRST_BY) {
    const x = a.labels.get(name);
    const y = b.labels.get(name);
    if (x === y) continue;
    if (x === '') return 1;
    if (y === '') return -1;
    return compareBytes(x, y);
  }
  return compareLabelSets(a.labels, b.labels);
}
