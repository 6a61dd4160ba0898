import type { ReceiverKind } from '../src/receivers/receiver.js';

export function receiverPages(kinds: readonly ReceiverKind[]): Map<string, string>;
