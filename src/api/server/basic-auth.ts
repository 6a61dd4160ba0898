import { createHash } from 'node:crypto';

import { verify } from '@node-rs/bcrypt';

/**
 * Who may pass: user names and bcrypt hashes.
 *
 * A verdict is kept under a digest of user, hash and password, so that only the first request with them pays for bcrypt. One
 * comparison runs at a time, off the event loop. Unknown users cost a comparison too: its time would tell who exists.
 * Bound: so many verdicts, the oldest goes. Facts: reference "HTTP interface", section 10.
 */
export class BasicAuth {
  readonly #verdicts = new Map<string, boolean>();
  #queue: Promise<unknown> = Promise.resolve();

  /** At once when the verdict is known. */
  check(header: string | undefined, users: ReadonlyMap<string, string>): boolean | Promise<boolean> {
    const credentials = readCredentials(header);
    if (!credentials) return false;
    const { user, password } = credentials;
    const known = users.get(user);
    const hash = known ?? NOBODY;
    const key = createHash('sha256')
      .update(JSON.stringify([user, hash, password]))
      .digest('base64');
    const verdict = this.#verdicts.get(key);
    return verdict ?? this.#compare(key, password, hash, known !== undefined);
  }

  #compare(key: string, password: string, hash: string, exists: boolean): Promise<boolean> {
    const compared = this.#queue.then(async () => {
      const before = this.#verdicts.get(key);
      if (before !== undefined) return before;
      const isRight = await matches(password, hash);
      return this.#keep(key, isRight && exists);
    });
    this.#queue = compared;
    return compared;
  }

  #keep(key: string, verdict: boolean): boolean {
    if (this.#verdicts.size >= MOST_VERDICTS) this.#verdicts.delete(this.#verdicts.keys().next().value as string);
    this.#verdicts.set(key, verdict);
    return verdict;
  }
}

const MOST_VERDICTS = 256;

/** A hash that no password is known for. */
const NOBODY = '$2y$10$C6UzMDM.H6dfI/f/IKcEeO7ZfN8xJp5aXeXHjJ7mKxPQeW7n1pYqS';

async function matches(password: string, hash: string): Promise<boolean> {
  try {
    return await verify(password, hash);
  } catch {
    // A hash that is none: the configuration's own check refuses it, so nobody gets in by it.
    return false;
  }
}

function readCredentials(header: string | undefined): { user: string; password: string } | undefined {
  const match = /^basic (.*)$/i.exec(header ?? '');
  if (!match) return undefined;
  const text = Buffer.from(match[1] as string, 'base64').toString();
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}
