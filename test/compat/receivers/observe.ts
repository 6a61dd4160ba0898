/** What one side sent, said and counted for a variant, without what must differ: ports, dates, ids, signatures. */
import type { Received } from '../../support/loopback.js';
import type { Variant } from './variant.js';

export interface Observation {
  readonly requests: readonly string[];
  readonly mails: readonly string[];
  readonly failure: string;
  readonly metrics: readonly string[];
}

/** What differs by library or by run, not by what is said. */
const IGNORED = /^(host|connection|proxy-.*|accept-encoding|accept|date|x-amz-.*|amz-sdk-.*|te)$/;

export function describeRequest({ kind }: Variant, { method, url, headers, body }: Received): string {
  const isAws = kind === 'sns';
  const shown = Object.entries(headers)
    .filter(([name]) => !IGNORED.test(name) && !(isAws && /^(user-agent|content-length)$/.test(name)))
    .map(([name, value]) => `${name}: ${isAws && name === 'authorization' ? scope(String(value)) : String(value)}`)
    // The version is that of the program that was compiled.
    .map((line) => line.replace(/^(user-agent: Alertmanager\/).*/, '$1VERSION'))
    .sort();
  return [`${method} ${url}`, ...shown, '', isAws ? form(body) : body].join('\n');
}

/** `AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-2/sns/aws4_request` without the day. */
const scope = (authorization: string): string => (authorization.split(',')[0] ?? '').replace(/\/\d{8}\//, '/DAY/');

const form = (body: string): string =>
  [...new URLSearchParams(body)]
    .map(([name, value]) => `${name}=${name === 'RoleSessionName' ? 'SESSION' : value}`)
    .sort()
    .join('\n');

export function describeConversation(lines: readonly string[]): string {
  return (
    lines
      // Said on the way out after a refusal, or not; it changes nothing any more.
      .filter((line) => line !== 'QUIT' && line !== '*')
      .map((line) => (/^[A-Za-z-]+: .*\r\n/.test(line) ? describeMail(line) : parameters(line)))
      .join('\n')
  );
}

/** The one says SMTPUTF8 wherever it may, the other where an address needs it. */
const parameters = (line: string): string => (line.startsWith('MAIL FROM') ? line.replace(' SMTPUTF8', '') : line);

/** Headers in one order: the original's is that of a Go map. */
function describeMail(message: string): string {
  const boundary = /boundary=([0-9a-f]+)/.exec(message)?.[1] ?? 'none';
  const end = message.indexOf('\r\n\r\n');
  const head = message
    .slice(0, end)
    .split('\r\n')
    .map((line) =>
      line
        .replace(/^(Message-Id: <)\d{16,}\.\d+@/, '$1ID@')
        .replace(
          /^Date: .*/,
          `Date: ${/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d \+0000$/.test(line) ? 'NOW' : line}`,
        ),
    );
  return [...head.sort(), '', message.slice(end + 4)]
    .join('\n')
    .replaceAll(boundary, 'BOUNDARY')
    .replace(/alert-(\w+)-\d{4}-\d\d-\d\d@/g, 'alert-$1-DAY@');
}

/** The reason in the log for the notification that failed; how often it was tried is chance. */
export function failureIn(log: string, { id }: Variant): string {
  for (const line of log.split('\n')) {
    if (!line.includes('msg="Notify for alerts failed"')) continue;
    const err = /\berr="((?:[^"\\]|\\.)*)"/.exec(line)?.[1];
    if (err?.startsWith(`${id}/`))
      return (
        err
          .replace(/notify retry canceled after \d+ attempts/, 'notify retry canceled after N attempts')
          // Which name server was asked.
          .replace(/(lookup \S+) on \S+:/, '$1:')
          // Later versions of Go put what a mail server says in quotes, and its types have no names that tell a user anything.
          .replace(/: (\d{3}) \\"(.*)\\"$/, ': $1 $2')
          .replace(/\*(?:smtp\.plainAuth|smtp\.cramMD5Auth|email\.loginAuth) auth/, 'auth')
          .replace(/(?:PLAIN|LOGIN|CRAM-MD5) auth:/, 'auth:')
      );
  }
  return '';
}

export const metricsOf = (exposition: string, { id }: Variant): readonly string[] =>
  exposition
    .split('\n')
    .filter(
      (line) =>
        /^alertmanager_notification(s|_requests)(_failed)?_total\{/.test(line) &&
        line.includes(`receiver_name="${id}"`),
    )
    .filter((line) => !line.endsWith(' 0'))
    .map((line) => line.replace(/\{(.*)\}/, (_all, labels: string) => `{${labels.split(',').sort().join(',')}}`))
    .sort();
