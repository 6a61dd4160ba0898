/**
 * A router that does nothing: answers 200, keeps the bytes that it is sent and gives them back, and after the configured
 * group_wait sends one empty notification for each alert. What the harness measures on it is what the harness and the kernel
 * can do at most; a router that comes close to it is measured too low.
 */
import { readFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { HttpReader } from './http-reader.mjs';

const SENDERS = 64;
const KEPT_BYTES = 80e6;
const flag = (name) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3);
const { route, receivers } = JSON.parse(readFileSync(flag('config.file'), 'utf8'));
const sinkPort = Number(new URL(receivers[0].webhook_configs[0].url).port || 9);
const [, amount, unit] = /^(\d+)(ms|s|m|h)$/.exec(route.group_wait);
const groupWaitMs = Number(amount) * { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 }[unit];

const OK = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n');
const kept = { alerts: [], silences: [] };
let keptBytes = 0;
let answers = {};

const json = (body) => [
  Buffer.from(`HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`),
  body,
];

function keep(kind, body) {
  keptBytes += body.length;
  if (keptBytes < KEPT_BYTES) kept[kind].push(body);
  answers = {};
}

/** Bodies of alerts are lists, so the brackets in between become commas. */
function listOf(kind) {
  const inner = kept[kind].map((body) => (kind === 'alerts' ? body.subarray(1, -1) : body));
  const pieces = inner.flatMap((body, n) => (n === 0 ? [body] : [Buffer.from(','), body]));
  return json(Buffer.concat([Buffer.from('['), ...pieces, Buffer.from(']')]));
}

const waiting = [];
const senders = [];
let opened = 0;

function openSender() {
  const socket = connect({ port: sinkPort, host: '127.0.0.1', noDelay: true });
  const sender = () => {
    const next = waiting.shift();
    if (next === undefined) return void senders.push(sender);
    socket.write(`POST / HTTP/1.1\r\nHost: sink\r\nContent-Length: ${next.length}\r\n\r\n${next}`);
  };
  const reader = new HttpReader(sender);
  socket.on('data', (chunk) => reader.push(chunk));
  socket.on('error', () => socket.destroy());
  sender();
}

function notifyLater(body) {
  const pods = Array.from(body.toString().matchAll(/"pod":"([^"]*)"/g), ([, pod]) => pod);
  setTimeout(() => {
    while (opened < SENDERS) {
      opened++;
      openSender();
    }
    for (const pod of pods) waiting.push(`{"status":"firing","alerts":[{"labels":{"pod":"${pod}"}}]}`);
    while (senders.length > 0 && waiting.length > 0) senders.pop()();
  }, groupWaitMs);
}

let silence = 0;

function answer({ start, pieces }) {
  const [method, path] = start.split(' ');
  if (method === 'POST' && path === '/api/v2/alerts') {
    const body = Buffer.concat(pieces);
    keep('alerts', body);
    if (groupWaitMs < 60_000) notifyLater(body);
    return [OK];
  }
  if (method === 'POST' && path === '/api/v2/silences') {
    keep('silences', Buffer.concat(pieces));
    return json(Buffer.from(`{"silenceID":"${++silence}"}`));
  }
  if (path.startsWith('/api/v2/alerts')) return (answers.alerts ??= listOf('alerts'));
  if (path.startsWith('/api/v2/silences')) return (answers.silences ??= listOf('silences'));
  return [OK];
}

createServer({ noDelay: true }, (socket) => {
  const reader = new HttpReader((message) => {
    for (const piece of answer(message)) socket.write(piece);
  });
  socket.on('data', (chunk) => reader.push(chunk));
  socket.on('error', () => socket.destroy());
}).listen(Number(flag('web.listen-address').split(':')[1]), '127.0.0.1');
