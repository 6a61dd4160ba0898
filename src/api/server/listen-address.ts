/**
 * Addresses to listen on, as Go's net.Listen takes them: `:9093`, `127.0.0.1:9093`, `[::1]:9100`, `name:9093`.
 * Without a host: every interface, IPv6 and IPv4.
 */
export interface ListenAddress {
  readonly host: string | undefined;
  readonly port: number;
}

/** Throws what the user is told. */
export function parseListenAddress(text: string): ListenAddress {
  if (text.startsWith('vsock://'))
    throw new Error(`listen ${JSON.stringify(text)}: vsock sockets are not available in this runtime`);
  const match = /^(?:\[([^\]]*)\]|([^:[\]]*)):(\d*)$/.exec(text);
  if (!match) throw new Error(`listen ${JSON.stringify(text)}: ${reasonFor(text)}`);
  const port = Number(match[3] || 0);
  if (port > 65_535) throw new Error(`listen ${JSON.stringify(text)}: invalid port`);
  const host = match[1] ?? match[2];
  return { host: host === '' ? undefined : host, port };
}

function reasonFor(text: string): string {
  if (!text.includes(':')) return 'missing port in address';
  if (/^[^[]*:[^[]*:/.test(text)) return 'too many colons in address';
  return 'want host:port, [ipv6]:port or :port';
}
