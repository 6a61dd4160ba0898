import { randomUUID } from 'node:crypto';

/** The only source of randomness. */
export interface Ids {
  uuid(): string;
  /** In [0, 1): jitter. */
  random(): number;
}

export const systemIds: Ids = { uuid: () => randomUUID(), random: () => Math.random() };
