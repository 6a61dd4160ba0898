import type { ReceiverKind } from './receiver.js';
import { webhook } from './webhook/webhook.receiver.js';

/**
 * All kinds of integrations, in Alertmanager's order: in this order a receiver builds them and a configuration lists them.
 */
export const RECEIVERS: readonly ReceiverKind[] = [webhook];
