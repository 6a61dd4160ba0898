/** `event_recorder`: where events are written. Zero or negative numbers mean the default. */
import { quoteGo } from '../../domain/matcher/index.js';
import { duration } from '../../domain/time/index.js';
import { httpConfigSchema, tlsConfigSchema } from '../http-config.js';
import {
  type Infer,
  type Report,
  bool,
  embedded,
  int,
  list,
  nested,
  object,
  path,
  promDuration,
  secretUrl,
  text,
} from '../schema/index.js';

const fileOutput = object(
  'eventrecorder.plain',
  {
    path: path({
      relativeTo: 'config',
      alwaysPrinted: true,
      required: true,
      help: 'File that events are appended to.',
    }),
  },
  {
    check(output, report) {
      if (output.path === undefined)
        report('missing-value', undefined, 'event_recorder file output requires a path', 'add path');
    },
  },
);

const webhookFields = {
  url: secretUrl({ required: true, alwaysPrinted: true, help: 'Where events are posted.' }),
  http_config: nested(httpConfigSchema, { help: 'How to reach the server.' }),
  timeout: promDuration({ default: duration(0), help: 'Limit for one request; 10s when unset.' }),
  workers: int({ help: 'Requests at the same time; 4 when unset.' }),
  max_retries: int({ help: 'Attempts for one event; 3 when unset.' }),
  retry_backoff: promDuration({ default: duration(0), help: 'First pause between attempts; 500ms when unset.' }),
  batch: bool({ default: false, help: 'Send lists of events.' }),
  batch_max_events: int({ help: 'Events in one request; 100 when unset.' }),
  batch_max_bytes: int({ help: 'Size of one request; 1 MiB when unset.' }),
  batch_flush_interval: promDuration({ default: duration(0), help: 'How long a batch waits; 100ms when unset.' }),
};

const webhookOutput = object('eventrecorder.plain', webhookFields, {
  check(output: Infer<typeof webhookFields>, report) {
    const { batch, batchMaxEvents, batchMaxBytes, batchFlushInterval } = output;
    if (output.url === undefined) {
      report('missing-value', undefined, 'event_recorder webhook output requires a url', 'add url');
    } else if (output.url.isEmpty) {
      report(
        'invalid-url',
        'url',
        'event_recorder webhook output requires an absolute http(s) url',
        'write the URL itself',
      );
    }
    if (batchMaxEvents < 0 || batchMaxBytes < 0) {
      const key = batchMaxEvents < 0 ? 'batch_max_events' : 'batch_max_bytes';
      report('invalid-value', key, 'event_recorder webhook batch settings cannot be negative');
    }
    if (!batch && (batchMaxEvents !== 0 || batchMaxBytes !== 0 || batchFlushInterval !== 0)) {
      report(
        'conflicting-values',
        undefined,
        'event_recorder webhook batch settings require batch: true',
        'add batch: true',
      );
    }
  },
});

const kafkaFields = {
  brokers: list(text({ default: '' }), { alwaysPrinted: true, required: true, help: 'Seed brokers, host:port.' }),
  topic: text({ alwaysPrinted: true, required: true, help: 'Topic.' }),
  client_id: text({ help: 'Name given to the brokers; alertmanager when unset.' }),
  format: text({ choices: ['json', 'protobuf'], help: 'Encoding of events, json when unset.' }),
  acks: text({ choices: ['none', 'leader', 'all'], help: 'Acknowledgements to wait for, leader when unset.' }),
  compression: text({ choices: ['none', 'gzip', 'snappy', 'lz4', 'zstd'], help: 'Compression, none when unset.' }),
  buffer_size: int({ help: 'Events that may wait; 1024 when unset.' }),
  tls_config: nested(tlsConfigSchema, { help: 'TLS; plain text when unset.' }),
};
type KafkaOutput = Infer<typeof kafkaFields>;

const kafkaOutput = object('eventrecorder.plain', kafkaFields, {
  check(output: KafkaOutput, report) {
    checkKafka(output, report);
    return { ...output, format: output.format ?? 'json' };
  },
});

const COMPRESSIONS: readonly string[] = ['none', 'gzip', 'snappy', 'lz4', 'zstd'];

function checkKafka({ brokers, topic, format, acks, compression }: KafkaOutput, report: Report): void {
  const kafka = 'event_recorder kafka';
  if (brokers.length === 0)
    report('missing-value', 'brokers', `${kafka}: at least one broker is required`, 'add brokers');
  if (brokers.includes('')) report('invalid-value', 'brokers', `${kafka}: broker entries must be non-empty`);
  if (acks !== undefined && !['none', 'leader', 'all'].includes(acks)) {
    report('invalid-value', 'acks', `${kafka}: unknown acks ${quoteGo(acks)}, must be "none", "leader", or "all"`);
  }
  if (compression !== undefined && !COMPRESSIONS.includes(compression)) {
    const message = `${kafka}: unknown compression ${quoteGo(compression)}`;
    report('invalid-value', 'compression', message, `one of ${COMPRESSIONS.join(', ')}`);
  }
  if (topic === undefined) report('missing-value', undefined, `${kafka} output requires a topic`, 'add topic');
  if (format !== undefined && format !== 'json' && format !== 'protobuf') {
    report('invalid-value', 'format', `${kafka}: unknown format ${quoteGo(format)}, must be "json" or "protobuf"`);
  }
}

const fields = {
  file_outputs: list(embedded(fileOutput, { alwaysPrinted: true }), {
    goType: '[]eventrecorder.FileOutputConfig',
    help: 'Files.',
  }),
  webhook_outputs: list(embedded(webhookOutput, { alwaysPrinted: true }), {
    goType: '[]eventrecorder.WebhookOutputConfig',
    help: 'Servers.',
  }),
  kafka_outputs: list(embedded(kafkaOutput, { alwaysPrinted: true }), {
    goType: '[]eventrecorder.KafkaOutputConfig',
    help: 'Kafka clusters.',
  }),
  stdout_outputs: list(embedded(object('eventrecorder.StdoutOutputConfig', {}), { alwaysPrinted: true }), {
    goType: '[]eventrecorder.StdoutOutputConfig',
    help: 'Standard output.',
  }),
};
export type EventRecorderConfig = Infer<typeof fields>;

export const eventRecorderSchema = object('eventrecorder.Config', fields);
