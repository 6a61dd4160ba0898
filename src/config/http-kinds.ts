import { Secret } from './secret.js';
import { type Field, type FieldOptions, REFUSED, path, refuse, scalar, text } from './schema/index.js';
import { parseGoUrl, redactGoUrl } from './schema/go-url.js';

const TLS_VERSIONS = ['TLS10', 'TLS11', 'TLS12', 'TLS13'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

export function tlsVersion(options: FieldOptions): Field<TlsVersion | undefined> {
  return scalar<TlsVersion | undefined>(
    {
      kind: 'text',
      initial: undefined,
      zero: undefined,
      goType: 'string',
      read(node, path, decoder) {
        const text = decoder.textOf(node, path);
        const version = TLS_VERSIONS.find((known) => known === text);
        if (version !== undefined) return version;
        decoder.refuse(
          'invalid-value',
          node.position,
          path,
          `unknown TLS version: ${text}`,
          `one of ${TLS_VERSIONS.join(', ')}`,
        );
        return REFUSED;
      },
      print: (value) => value,
    },
    { ...options, choices: TLS_VERSIONS },
  );
}

/** Any text that is a URL or part of one; its password is masked when printed. */
export function proxyUrl(options: FieldOptions): Field<Secret | undefined> {
  return scalar<Secret | undefined>(
    {
      kind: 'url',
      initial: undefined,
      zero: undefined,
      goType: 'string',
      goOuter: 'config.URL',
      read(node, path, decoder) {
        const parsed = parseGoUrl(decoder.textOf(node, path));
        return parsed.ok ? new Secret(parsed.value.text) : refuse(node, path, decoder, parsed);
      },
      print: (value) => (value === undefined ? undefined : redactGoUrl(value.reveal())),
    },
    options,
  );
}

/** A file of http_config: relative to the configuration file. */
export const file = (help: string): Field<string | undefined> => path({ help, relativeTo: 'config' });

/** Accepted in the file, as Alertmanager does; what uses it cannot be built. */
export const ref = (): Field<string | undefined> =>
  text({ help: 'Name of a secret in a secret manager; accepted in the file, but there is no manager to ask.' });
