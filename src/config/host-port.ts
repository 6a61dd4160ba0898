import { isIPv6 } from 'node:net';
import { type Result, failed, ok } from '../domain/issue/index.js';
import { quoteGo } from '../domain/matcher/index.js';
import { type Field, type FieldOptions, refuse, scalar } from './schema/index.js';

/** `host:port`, taken apart. The host may be empty; an IPv6 address stands without its brackets. */
export interface HostPort {
  readonly host: string;
  readonly port: string;
}

export function parseHostPort(text: string): Result<HostPort> {
  const problem = (reason: string): Result<never> => refused(`address ${text}: ${reason}`);
  const colon = text.lastIndexOf(':');
  if (colon < 0) return problem('missing port in address');
  let host = text.slice(0, colon);
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    if (close < 0) return problem("missing ']' in address");
    if (close + 1 === text.length) return problem('missing port in address');
    if (close + 1 !== colon)
      return problem(text[close + 1] === ':' ? 'too many colons in address' : 'missing port in address');
    host = text.slice(1, close);
    if (text.includes('[', 1)) return problem("unexpected '[' in address");
    if (text.includes(']', close + 1)) return problem("unexpected ']' in address");
  } else {
    if (host.includes(':')) return problem('too many colons in address');
    if (text.includes('[')) return problem("unexpected '[' in address");
    if (text.includes(']')) return problem("unexpected ']' in address");
  }
  const port = text.slice(colon + 1);
  return port === '' ? refused(`address ${quoteGo(text)}: port cannot be empty`) : ok({ host, port });
}

export const formatHostPort = ({ host, port }: HostPort): string =>
  host.includes(':') || isIPv6(host) ? `[${host}]:${port}` : `${host}:${port}`;

const refused = (message: string): Result<never> =>
  failed({ code: 'invalid-value', path: '', message, hint: 'for example mail.example.com:587' });

export function hostPort(options: FieldOptions): Field<HostPort | undefined> {
  return scalar<HostPort | undefined>(
    {
      kind: 'host-port',
      initial: undefined,
      zero: undefined,
      goType: 'string',
      read(node, path, decoder) {
        const text = decoder.textOf(node, path);
        if (text === '') return undefined;
        const parsed = parseHostPort(text);
        return parsed.ok ? parsed.value : refuse(node, path, decoder, parsed);
      },
      print: (value) => (value === undefined ? undefined : formatHostPort(value)),
    },
    options,
  );
}
