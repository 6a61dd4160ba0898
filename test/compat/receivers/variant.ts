/**
 * One receiver with one integration, how its provider answers, and what happens to its alerts. The same is played on two
 * routers; what they send is compared.
 *
 * In the settings stand: `FAKE` for the provider's URL, `SECURE` for the same over TLS, `PROXY` for a proxy that leads every
 * host to it, `MAIL` and `MAIL_PORT` for the mail server, `FILES` for a directory with the files.
 */
import type { MailScript } from './mail-server.js';
import type { Answer, Reply } from '../../support/loopback.js';

/** `mixed` goes through all: fires, one of two resolves while another begins, all resolve. */
export type Story = 'mixed' | 'long' | 'huge' | 'odd' | 'failing' | 'hopeless';

export interface Variant {
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  /** YAML of the entry. */
  readonly settings: string;
  readonly story: Story;
  /** In turn, the last one for good; otherwise what its provider says when all is well. */
  readonly answers: readonly (Reply | 'hang up')[];
  readonly answer?: Answer;
  readonly files: Readonly<Record<string, string>>;
  readonly mail: MailScript;
  /** Why the two must differ here; the row of docs/compat.md. */
  readonly differs?: string;
}

export type Words = Partial<Omit<Variant, 'id' | 'kind' | 'name' | 'settings'>>;

/** Variants of one kind by name: the settings, or the settings and more words. */
export const variantsOf = (
  kind: string,
  table: Readonly<Record<string, string | readonly [string, Words]>>,
): readonly Variant[] =>
  Object.entries(table).map(([name, entry]) => {
    const [settings, words = {}] = typeof entry === 'string' ? [entry] : entry;
    return {
      id: `${kind}-${name}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'),
      kind,
      name,
      settings,
      story: 'mixed',
      answers: [],
      files: {},
      mail: {},
      ...words,
    };
  });

/** How one setting fares with each of these answers, tried again or not. */
export const answersOf = (
  kind: string,
  settings: string,
  table: Readonly<Record<string, Reply | 'hang up' | readonly (Reply | 'hang up')[]>>,
  differs: Readonly<Record<string, string>> = {},
): readonly Variant[] =>
  Object.entries(table).flatMap(([name, reply]) =>
    variantsOf(kind, {
      [`answer ${name}`]: [
        settings,
        {
          story: 'failing',
          answers: [reply].flat(),
          ...(differs[name] === undefined ? {} : { differs: differs[name] }),
        },
      ],
    }),
  );

/** The statuses that matter, with a body that ends up in the error. */
export const STATUSES: Readonly<Record<string, Reply>> = Object.fromEntries(
  [201, 204, 300, 304, 400, 401, 403, 404, 408, 409, 410, 413, 422, 429, 500, 501, 502, 503, 504, 599].map(
    (status) =>
      [
        String(status),
        status === 204 || status === 304 ? { status } : { status, body: `said "${status}" <é>\n` },
      ] as const,
  ),
);
