import type { Answer } from '../server/handler.js';
import { API_HEADERS } from './cors.js';

/**
 * The three shapes of errors that clients tell apart, and plain answers.
 *
 * An object with `code` comes from routing, negotiation and the schema and ends without a newline; a bare string comes from
 * the operation; the 404 of a silence has no body at all. Facts: reference "HTTP interface", section 3.
 */
export function answerJson(answer: Answer, status: number, json: string): void {
  if (answer.headersSent || answer.destroyed) return;
  answer.writeHead(status, jsonHeaders(Buffer.byteLength(json)));
  // As a text it goes out together with its head.
  answer.end(json);
}

/** Word by word: the engine takes many times as long to make an object that begins as a copy. */
const headersOf = (bytes: number) => ({
  'Cache-Control': API_HEADERS['Cache-Control'],
  Vary: API_HEADERS.Vary,
  'Content-Type': 'application/json',
  'Content-Length': bytes,
});

let lastHeaders = headersOf(0);

/** The same object for the same length as the last time: what is written for it once need not be written again. */
export function jsonHeaders(bytes: number): Readonly<ReturnType<typeof headersOf>> {
  if (lastHeaders['Content-Length'] !== bytes) lastHeaders = headersOf(bytes);
  return lastHeaders;
}

export function answerEmpty(answer: Answer, status: number): void {
  if (answer.headersSent || answer.destroyed) return;
  answer.writeHead(status, EMPTY_HEADERS);
  answer.end();
}

/** One object: what is written for it once need not be written again. */
const EMPTY_HEADERS = { ...API_HEADERS, 'Content-Length': 0 };

/** What the operation itself says. */
export const answerMessage = (answer: Answer, status: number, message: string): void =>
  answerJson(answer, status, `${jsonText(message)}\n`);

/** A request that is refused before the operation sees it. */
export interface Refusal {
  readonly status: number;
  /** As told in the body: the status, or a code of its own for what the schema refuses. */
  readonly code: number;
  readonly message: string;
}

export const refusal = (status: number, message: string, code = status): Refusal => ({ status, code, message });

export const answerRefusal = (answer: Answer, { status, code, message }: Refusal): void =>
  answerJson(answer, status, `{"code":${code},"message":${jsonText(message)}}`);

/** A string as Go's encoder writes it with HTML left alone. */
export function jsonText(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  const json = JSON.stringify(text.isWellFormed() ? text : text.toWellFormed());
  return LINE_SEPARATORS.test(json) ? json.replace(/\u2028/g, '\\u2028').replace(/\u2029/g, '\\u2029') : json;
}

/** The same with `<`, `>` and `&` escaped: Alertmanager does so inside alerts and silences and nowhere else. */
export function innerText(text: string): string {
  if (PLAIN_INSIDE.test(text)) return `"${text}"`;
  const json = jsonText(text);
  return MARKUP.test(json) ? json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`) : json;
}

/** Texts that are their own JSON, which most are: finding that out is a quarter of the work of writing them. */
const PLAIN = /^[^"\\\u0000-\u001f\u2028\u2029\ud800-\udfff]*$/;
const PLAIN_INSIDE = /^[^"\\<>&\u0000-\u001f\u2028\u2029\ud800-\udfff]*$/;
const MARKUP = /[<>&]/;
const LINE_SEPARATORS = /[\u2028\u2029]/;
