/** How urgent a post is, as far as Mattermost accepts it: only some posts can ask for acknowledgement or insist on it. */
import type { Logger } from '../../platform/log.js';

export interface PriorityWish {
  readonly name: string;
  readonly requestedAck: boolean;
  readonly persistentNotifications: boolean;
}

/** As it is sent. */
export interface Priority {
  readonly priority: string;
  readonly requested_ack: true | undefined;
  readonly persistent_notifications: true | undefined;
}

const NAMES: readonly string[] = ['urgent', 'important', 'standard'];

export function fitPriority({ name, requestedAck, persistentNotifications }: PriorityWish, log: Logger): Priority {
  const lower = name.toLowerCase();
  const priority = NAMES.includes(lower) ? lower : 'standard';
  if (priority !== lower) log.warn('Priority is set to standard due to invalid value', { priority: name });
  const mayAsk = priority !== 'standard';
  const mayPersist = priority === 'urgent';
  if (requestedAck && !mayAsk) log.warn('RequestedAck is set to false due to priority is standard');
  if (persistentNotifications && !mayPersist)
    log.warn('PersistentNotifications is set to false due to priority is not urgent');
  return {
    priority,
    requested_ack: (requestedAck && mayAsk) || undefined,
    persistent_notifications: (persistentNotifications && mayPersist) || undefined,
  };
}
