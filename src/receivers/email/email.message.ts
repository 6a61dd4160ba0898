/**
 * The mail for a group: headers and a multipart with the text first and the HTML last, where readers look for the richest.
 *
 * All templates are rendered here, before anyone is connected to; Alertmanager renders when it has begun to send, so that a
 * template that fails leaves half a mail behind.
 */
import { type Notification } from '../../domain/notify/index.js';
import type { Instant } from '../../domain/time/index.js';
import type { Ids } from '../../platform/ids.js';
import { hashGroupKey } from '../kit/group.js';
import type { Renderer } from '../kit/renderer.js';
import { type EmailSettings, withDefaultHeaders } from './email.config.js';
import { encodeHeader, encodeQuotedPrintable } from './email.encoding.js';

export interface MessageParts {
  readonly settings: EmailSettings;
  readonly notification: Notification;
  readonly renderer: Renderer;
  readonly ids: Ids;
  readonly hostname: string;
  readonly now: Instant;
}

const CRLF = '\r\n';
const BOUNDARY_LENGTH = 60;

/** Whole, with CRLF line ends. Ends the attempt when a template fails. */
export function renderMail(parts: MessageParts): string {
  const boundary = Array.from({ length: 2 }, () => randomHex(parts.ids))
    .join('')
    .slice(0, BOUNDARY_LENGTH);
  const headers = [
    ...configuredHeaders(parts),
    ...identification(parts),
    ['Date', formatDate(parts.now)],
    ['Content-Type', `multipart/alternative;  boundary=${boundary}`],
    ['MIME-Version', '1.0'],
  ].map(([name, value]) => `${name}: ${value}${CRLF}`);
  const body = renderParts(parts).map((part) => `--${boundary}${CRLF}${part}${CRLF}`);
  return `${headers.join('')}${CRLF}${body.length > 0 ? body.join('') : CRLF}--${boundary}--${CRLF}`;
}

function configuredHeaders({ settings, renderer }: MessageParts): readonly (readonly [string, string])[] {
  return [...withDefaultHeaders(settings)].map(([name, template]) => {
    const value = renderer.text(template);
    renderer.check(`execute "${name}" header template`);
    return [name, encodeHeader(value)];
  });
}

function* identification(parts: MessageParts): Generator<readonly [string, string]> {
  const { settings, notification, ids, hostname, now } = parts;
  if (!settings.headers.has('Message-Id')) {
    const random = BigInt(`0x${randomHex(ids).slice(0, 16)}`);
    yield ['Message-Id', `<${BigInt(Math.trunc(now)) * 1_000_000n}.${random}@${hostname}>`];
  }
  if (!settings.threading.enabled) return;
  // No mail has this id: readers put all that refer to it into one thread.
  const day = settings.threading.threadByDate === 'none' ? '' : formatDay(new Date(now));
  const thread = `<alert-${hashGroupKey(notification.groupKey).slice(0, 16)}-${day}@alertmanager>`;
  yield ['References', thread];
  yield ['In-Reply-To', thread];
}

function renderParts({ settings, renderer }: MessageParts): readonly string[] {
  const parts: string[] = [];
  if (settings.text !== undefined && settings.text !== '') {
    const text = renderer.text(settings.text);
    renderer.check('execute text template');
    parts.push(formatPart('text/plain', text));
  }
  if (settings.html !== undefined && settings.html !== '') {
    const html = renderer.html(settings.html);
    renderer.check('execute html template');
    parts.push(formatPart('text/html', html));
  }
  return parts;
}

const formatPart = (type: string, text: string): string =>
  [
    'Content-Transfer-Encoding: quoted-printable',
    `Content-Type: ${type}; charset=UTF-8`,
    '',
    encodeQuotedPrintable(text),
  ].join(CRLF);

const randomHex = (ids: Ids): string => ids.uuid().replaceAll('-', '');

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** In the zone of the machine: `Fri, 02 Jan 2026 15:04:05 +0100` */
function formatDate(now: Instant): string {
  const date = new Date(now);
  const day = `${WEEKDAYS[date.getDay()]}, ${twoDigits(date.getDate())} ${MONTHS[date.getMonth()]} ${date.getFullYear()}`;
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
  const offset = -date.getTimezoneOffset();
  const zone = twoDigits(Math.trunc(Math.abs(offset) / 60)) + twoDigits(Math.abs(offset) % 60);
  return `${day} ${time} ${offset < 0 ? '-' : '+'}${zone}`;
}

const formatDay = (date: Date): string =>
  `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
