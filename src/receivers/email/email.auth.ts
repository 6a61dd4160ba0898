/**
 * Which way of authentication is used, and how each goes.
 *
 * The server's list decides: the first that it names and for which we have what it takes. nodemailer prefers an order of its own
 * and knows no authorization identity, so the three ways stand here, as handlers that it runs.
 */
import { createHmac } from 'node:crypto';

import type { SMTPConnectionCustomAuthHandler } from 'nodemailer/lib/smtp-connection';

import { MASK } from '../../config/secret.js';
import { messageOf } from '../kit/failures.js';
import { readTrimmed } from '../kit/secret-file.js';
import type { EmailSettings } from './email.config.js';

type Context = Parameters<SMTPConnectionCustomAuthHandler>[0];
type Handler = (context: Context) => Promise<void>;

export interface Authentication {
  readonly method: string;
  readonly handler: SMTPConnectionCustomAuthHandler;
  /** Why it failed, once it has: nodemailer adds to the message. */
  reason(): Error | undefined;
}

/** Undefined: go on without. Throws, with all reasons, when the server wants what we do not have. */
export async function chooseAuthentication(
  mechanisms: readonly string[],
  settings: EmailSettings,
  isPrivate: boolean,
): Promise<Authentication | undefined> {
  const { authUsername: user } = settings;
  if (!user || mechanisms.length === 0) return undefined;
  const reasons: string[] = [];
  for (const method of mechanisms) {
    const way = WAYS.get(method);
    if (!way) {
      reasons.push(`unknown auth mechanism: ${method}`);
      continue;
    }
    try {
      const key = await way.key(settings);
      if (key)
        return authenticationOf(method, way.handler({ user, key, identity: settings.authIdentity ?? '', isPrivate }));
      reasons.push(`missing ${way.keyName} for ${method} auth mechanism`);
    } catch (error) {
      reasons.push(messageOf(error));
    }
  }
  throw new Error(reasons.join('\n'));
}

function authenticationOf(method: string, run: Handler): Authentication {
  let reason: Error | undefined;
  return {
    method,
    reason: () => reason,
    handler: (context) =>
      run(context).catch((error: unknown) => {
        reason = new Error(messageOf(error));
        throw error;
      }),
  };
}

interface Login {
  readonly user: string;
  readonly key: string;
  readonly identity: string;
  /** Nobody can listen: encrypted, or within the machine. */
  readonly isPrivate: boolean;
}

interface Way {
  readonly keyName: 'password' | 'secret';
  key(settings: EmailSettings): Promise<string | undefined>;
  handler(login: Login): Handler;
}

async function readFile(path: string): Promise<string> {
  try {
    return await readTrimmed(path);
  } catch (error) {
    throw new Error(`could not read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

const password = async ({ authPassword, authPasswordFile }: EmailSettings): Promise<string | undefined> =>
  authPasswordFile ? readFile(authPasswordFile) : authPassword?.reveal();
const secret = async ({ authSecret, authSecretFile }: EmailSettings): Promise<string | undefined> =>
  authSecretFile ? readFile(authSecretFile) : authSecret?.reveal();

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The text of a challenge; anything else ends it with what the server said. */
async function ask({ sendCommand }: Context, command: string): Promise<string> {
  const { status, text, response } = await sendCommand(command);
  if (status !== 334) throw new Error(response);
  return Buffer.from(text, 'base64').toString('utf8');
}

/** The last word of the command is the secret; some servers repeat what they do not like. */
async function finish({ sendCommand }: Context, command: string): Promise<void> {
  const { status, response } = await sendCommand(command);
  if (status >= 200 && status <= 299) return;
  throw new Error(response.replaceAll(command.slice(command.lastIndexOf(' ') + 1), MASK));
}

const WAYS: ReadonlyMap<string, Way> = new Map<string, Way>([
  [
    'PLAIN',
    {
      keyName: 'password',
      key: password,
      handler:
        ({ user, key, identity, isPrivate }) =>
        async (context) => {
          if (!isPrivate) throw new Error('unencrypted connection');
          await finish(context, `AUTH PLAIN ${base64(`${identity}\0${user}\0${key}`)}`);
        },
    },
  ],
  [
    'LOGIN',
    {
      keyName: 'password',
      key: password,
      handler:
        ({ user, key }) =>
        async (context) => {
          let challenge = await ask(context, 'AUTH LOGIN');
          if (challenge.toLowerCase() !== 'username:') throw new Error('unexpected server challenge');
          challenge = await ask(context, base64(user));
          if (challenge.toLowerCase() !== 'password:') throw new Error('unexpected server challenge');
          await finish(context, base64(key));
        },
    },
  ],
  [
    'CRAM-MD5',
    {
      keyName: 'secret',
      key: secret,
      handler:
        ({ user, key }) =>
        async (context) => {
          const challenge = await ask(context, 'AUTH CRAM-MD5');
          await finish(context, base64(`${user} ${createHmac('md5', key).update(challenge).digest('hex')}`));
        },
    },
  ],
]);
