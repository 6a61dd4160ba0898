/** `tracing`: spans over OTLP. Its file paths are relative to the working directory, unlike those of http_config. */
import { duration } from '../../domain/time/index.js';
import { httpHeaders, tlsConfigSchema } from '../http-config.js';
import {
  type Field,
  type FieldOptions,
  type Infer,
  REFUSED,
  bool,
  float,
  nested,
  object,
  promDuration,
  scalar,
  text,
} from '../schema/index.js';

export type TracingClient = 'grpc' | 'http';

function clientType(options: FieldOptions): Field<TracingClient | undefined> {
  return scalar<TracingClient | undefined>(
    {
      kind: 'text',
      initial: 'grpc',
      zero: undefined,
      goType: 'tracing.plain',
      read(node, path, decoder) {
        const value = decoder.textOf(node, path);
        if (value === 'grpc' || value === 'http') return value;
        const message = `expected tracing client type to be to be http or grpc, but got ${value}`;
        decoder.refuse('invalid-value', node.position, path, message, 'grpc or http');
        return REFUSED;
      },
      print: (value) => value,
    },
    { ...options, choices: ['grpc', 'http'] },
  );
}

const { resolvePaths: _leftAsWritten, ...headers } = httpHeaders;

const fields = {
  client_type: clientType({ help: 'Protocol of the exporter.' }),
  endpoint: text({ required: true, help: 'Collector, host:port.' }),
  sampling_fraction: float({ help: 'Share of traces to keep, 0 to 1.' }),
  insecure: bool({ default: false, help: 'No TLS.' }),
  tls_config: nested(tlsConfigSchema, { keepPaths: true, help: 'TLS towards the collector.' }),
  headers,
  compression: text({ choices: ['gzip'], help: 'Compression of what is sent.' }),
  timeout: promDuration({ default: duration(0), help: 'Limit for one export; 0 leaves it to the exporter.' }),
};
export type TracingConfig = Infer<typeof fields>;

export const tracingSchema = object('tracing.plain', fields, {
  check(tracing, report) {
    if (tracing.endpoint === undefined)
      report('missing-value', undefined, 'tracing endpoint must be set', 'add endpoint');
    if (tracing.compression !== undefined && tracing.compression !== 'gzip') {
      const message = `invalid compression type ${tracing.compression} provided, valid options: gzip`;
      report('invalid-value', 'compression', message, 'gzip or nothing');
    }
  },
});
