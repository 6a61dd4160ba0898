/** What integrations say about a group as a whole: by which name a service knows it again, and whether it still fires. */
import { createHash } from 'node:crypto';

import { isResolved } from '../../domain/alert/index.js';
import type { Notification } from '../../domain/notify/index.js';

/** The name under which services keep the group's incident: the same for all its notifications. */
export const hashGroupKey = (groupKey: string): string => createHash('sha256').update(groupKey).digest('hex');

/** One alert that fires is enough. */
export const groupStatus = ({ alerts, flushedAt }: Notification): 'firing' | 'resolved' =>
  alerts.some((alert) => !isResolved(alert, flushedAt)) ? 'firing' : 'resolved';
