/** What a token endpoint answered, in each of the forms that are met in the wild. */
import { STATUS_CODES } from 'node:http';

import { SECOND, type Instant, duration, plus } from '../../domain/time/index.js';
import type { HttpResponse } from './http-client.js';

export interface Token {
  readonly type: string;
  readonly text: string;
  readonly expiresAt: Instant | undefined;
}

interface Fields {
  readonly get: (name: string) => string;
}

/** Throws with what the server said went wrong. */
export function readToken(response: HttpResponse, now: Instant): Token {
  const fields = parseFields(response);
  const failed = response.status < 200 || response.status > 299;
  const code = fields?.get('error') ?? '';
  if (code !== '') throw new Error(refusal(code, fields as Fields));
  if (failed) throw new Error(`oauth2: cannot fetch token: ${statusLine(response.status)}\nResponse: ${response.text}`);
  if (!fields) throw new Error('oauth2: cannot parse json: the answer is not an object');
  const text = fields.get('access_token');
  if (text === '') throw new Error('oauth2: server response missing access_token');
  const seconds = Number.parseInt(fields.get('expires_in'), 10);
  return {
    type: canonicalType(fields.get('token_type')),
    text,
    expiresAt: seconds > 0 ? plus(now, duration(seconds * SECOND)) : undefined,
  };
}

function parseFields({ headers, text }: HttpResponse): Fields | undefined {
  const mediaType = (headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (mediaType === 'application/x-www-form-urlencoded' || mediaType === 'text/plain') {
    const form = new URLSearchParams(text);
    return { get: (name) => form.get(name) ?? '' };
  }
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return undefined;
    const values = new Map(Object.entries(json));
    return { get: (name) => textOf(values.get(name)) };
  } catch {
    return undefined;
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

const refusal = (code: string, fields: Fields): string =>
  ['oauth2:', code, fields.get('error_description'), fields.get('error_uri')]
    .filter((part) => part !== '')
    .map((part, index) => (index === 0 ? part : JSON.stringify(part)))
    .join(' ');

const statusLine = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

function canonicalType(type: string): string {
  switch (type.toLowerCase()) {
    case '':
    case 'bearer':
      return 'Bearer';
    case 'mac':
      return 'MAC';
    case 'basic':
      return 'Basic';
    default:
      return type;
  }
}
