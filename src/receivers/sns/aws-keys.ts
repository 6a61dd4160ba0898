import type { Instant } from '../../domain/time/index.js';

/** What a request is signed with. */
export interface AwsKeys {
  readonly accessKey: string;
  readonly secretKey: string;
  /** Of keys that live for a while only. */
  readonly sessionToken?: string | undefined;
  readonly expiresAt?: Instant | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Undefined when one of the two is missing. */
export const keysOf = (
  accessKey: string | undefined,
  secretKey: string | undefined,
  sessionToken: string | undefined,
): AwsKeys | undefined =>
  accessKey && secretKey ? { accessKey, secretKey, sessionToken: sessionToken || undefined } : undefined;
