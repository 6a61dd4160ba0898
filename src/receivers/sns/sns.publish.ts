/** What is published for a group: the parameters of SNS's Publish, rendered and cut to what SNS takes. */
import type { Notification } from '../../domain/notify/index.js';
import { SendFailed, rejected } from '../kit/failures.js';
import { hashGroupKey } from '../kit/group.js';
import type { Renderer } from '../kit/renderer.js';
import type { SnsSettings } from './sns.config.js';

const VERSION = '2010-03-31';
const MESSAGE_BYTES = 256 * 1024;
const SMS_BYTES = 1600;
const SUBJECT_LENGTH = 99;

export type Parameters = ReadonlyMap<string, string>;

/** The text of one field. Its failure ends the notification, by its name. */
export function renderField(renderer: Renderer, field: string, source: string | undefined): string {
  const text = renderer.text(source ?? '');
  if (renderer.failure === undefined) return text;
  throw new SendFailed(rejected(`execute '${field}' template: ${renderer.failure}`, 'clientError'));
}

export function renderPublish(
  settings: Omit<SnsSettings, 'httpConfig'>,
  renderer: Renderer,
  notification: Notification,
): Parameters {
  const text = (field: string, source: string | undefined): string => renderField(renderer, field, source);
  const attributes = new Map<string, string>();
  for (const [name, value] of settings.attributes) attributes.set(text('attributes', name), text('attributes', value));

  const parameters = new Map([
    ['Action', 'Publish'],
    ['Version', VERSION],
  ]);
  if (settings.topicArn) {
    const topic = text('topic_arn', settings.topicArn);
    parameters.set('TopicArn', topic);
    if (topic.endsWith('.fifo')) {
      const id = hashGroupKey(notification.groupKey);
      parameters.set('MessageDeduplicationId', id).set('MessageGroupId', id);
    }
  }
  if (settings.phoneNumber) parameters.set('PhoneNumber', text('phone_number', settings.phoneNumber));
  if (settings.targetArn) parameters.set('TargetArn', text('target_arn', settings.targetArn));

  const whole = text('message', settings.message);
  if (!whole.isWellFormed()) throw new SendFailed(rejected('non utf8 encoded message string'));
  const message = cutToBytes(whole, settings.phoneNumber ? SMS_BYTES : MESSAGE_BYTES);
  if (message !== whole) attributes.set('truncated', 'true');
  parameters.set('Message', message);
  if (settings.subject) parameters.set('Subject', text('subject', settings.subject));
  addAttributes(parameters, attributes);
  return parameters;
}

function addAttributes(parameters: Map<string, string>, attributes: ReadonlyMap<string, string>): void {
  const sorted = [...attributes].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const [index, [name, value]] of sorted.entries()) {
    const entry = `MessageAttributes.entry.${index + 1}`;
    parameters.set(`${entry}.Name`, name);
    parameters.set(`${entry}.Value.DataType`, 'String').set(`${entry}.Value.StringValue`, value);
  }
}

/** Without a mark, and never within a character: SNS refuses what is no UTF-8. */
function cutToBytes(text: string, limit: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= limit) return text;
  let end = limit;
  while (((bytes[end] as number) & 0xc0) === 0x80) end--;
  return bytes.toString('utf8', 0, end);
}

/** One line of at most 99 plain characters: more than that SNS refuses in a subject. */
export function withPlainSubject(parameters: Parameters): Parameters {
  const plain = (parameters.get('Subject') ?? '').replaceAll(/[^\x20-\x7e]+/g, ' ').trim();
  const fitting = plain.length > SUBJECT_LENGTH ? `${plain.slice(0, SUBJECT_LENGTH - 3)}...` : plain;
  const changed = new Map(parameters);
  changed.delete('Subject');
  return fitting === '' ? changed : changed.set('Subject', fitting);
}
