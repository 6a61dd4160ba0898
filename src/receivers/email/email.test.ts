import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import type { SMTPServerOptions } from 'smtp-server';
import { stringify } from 'yaml';

import { tlsFile } from '../../../test/support/loopback.js';
import { ReceiverBench, aNotification, describeGoldens } from '../../../test/support/receiver-bench.js';
import { type ReceivedMail, type SmtpSink, startSmtp } from '../../../test/support/smtp-sink.js';
import type { Outcome } from '../../domain/notify/index.js';
import { readSettings } from '../../../test/contract/receivers/example.js';
import { chooseAuthentication } from './email.auth.js';
import type { EmailSettings } from './email.config.js';
import { email } from './email.receiver.js';

// The server waits a while with its greeting, in case someone speaks before: cases run side by side.
const cleanUp: (() => unknown)[] = [];
afterAll(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});
const directory = mkdtempSync(join(tmpdir(), 'email-'));
afterAll(() => rmSync(directory, { recursive: true }));
const file = (name: string, text: string): string => {
  writeFileSync(join(directory, name), text);
  return join(directory, name);
};

async function start(options: SMTPServerOptions = {}): Promise<SmtpSink> {
  const sink = await startSmtp(options);
  cleanUp.push(() => sink.close());
  return sink;
}

const BASE = { to: 'team@example.org', from: 'alerts@example.org', require_tls: false, html: 'x' };

function send(port: number, settings: object, { signal = new AbortController().signal } = {}): Promise<Outcome> {
  const yaml = stringify({ ...BASE, smarthost: `127.0.0.1:${port}`, ...settings });
  return new ReceiverBench(email).build(yaml, 0).send(aNotification(), signal);
}

describeGoldens(email, new URL('./golden/', import.meta.url), async (_manifest, { rounds, settings }) => {
  const sink = await start();
  const yaml = stringify({ ...settings, smarthost: `127.0.0.1:${sink.port}` });
  for (const round of rounds) {
    const outcome = await new ReceiverBench(email)
      .build(yaml, 0)
      .send(aNotification(round), new AbortController().signal);
    expect(outcome).toEqual({ kind: 'delivered' });
  }
  return sink.mails.map(formatMail).join('\n');
});

/** Envelope and message; headers in the order of their names, without what differs from mail to mail. */
function formatMail({ from, to, hello, raw }: ReceivedMail): string {
  const boundary = /boundary=([0-9a-f]{60})\r\n/.exec(raw)?.[1] ?? 'none';
  const [head = '', ...body] = raw.replaceAll(boundary, 'BOUNDARY').split('\r\n\r\n');
  const headers = head
    .split('\r\n')
    .map((line) => line.replace(/^Date: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d [+-]\d{4}$/, 'Date: DATE'))
    .map((line) => line.replace(/^Message-Id: <\d{19}\.\d{1,20}@\S+>$/, 'Message-Id: ID'))
    .map((line) => line.replace(/-\d{4}-\d\d-\d\d@/, '-DAY@'))
    .sort();
  return [`EHLO ${hello}`, `FROM ${from}`, `TO ${to.join(' ')}`, ...headers, '', body.join('\r\n\r\n')].join('\n');
}

it.concurrent('is a mail that readers understand', async () => {
  const sink = await start();
  const text = 'Grüße\n.\nfrom here';
  const headers = { Subject: 'Ünï {{ .Status }} 🔥 and a subject that goes on for more than one line of its header' };
  await send(sink.port, { text, html: '<b>{{ .CommonLabels.severity }}</b>', headers, to: '"A, B" <a@example.org>' });
  const mail = await PostalMime.parse(sink.mails[0]?.raw ?? '');
  expect(mail.subject).toBe('Ünï firing 🔥 and a subject that goes on for more than one line of its header');
  expect(mail.text?.trim()).toBe(text);
  expect(mail.html?.trim()).toBe('<b>critical</b>');
  expect(mail.to).toEqual([{ address: 'a@example.org', name: 'A, B' }]);
  expect(Date.parse(mail.date ?? '')).toBe(Date.parse('2026-01-02T05:00:00Z'));
});

const PLAIN: SMTPServerOptions = { disabledCommands: ['STARTTLS'], allowInsecureAuth: true, hideSTARTTLS: true };
const STARTTLS: SMTPServerOptions = { disabledCommands: [] };
const IMPLICIT: SMTPServerOptions = { disabledCommands: [], secure: true };
const CA = { ca_file: tlsFile('ca.pem') };
const USER = { auth_username: 'alerts', auth_password: 'pässword', auth_secret: 'cram secret' };

describe('TLS', () => {
  it.concurrent.each<[string, SMTPServerOptions, object, boolean]>([
    ['none', {}, {}, false],
    ['none, though it is offered', STARTTLS, {}, false],
    ['STARTTLS', STARTTLS, { require_tls: true, tls_config: CA }, true],
    [
      'STARTTLS, the server unchecked',
      STARTTLS,
      { require_tls: true, tls_config: { insecure_skip_verify: true } },
      true,
    ],
    ['from the first byte', IMPLICIT, { require_tls: true, force_implicit_tls: true, tls_config: CA }, true],
    ['from the first byte, not required', IMPLICIT, { force_implicit_tls: true, tls_config: CA }, true],
  ])('%s', async (_name, options, settings, isEncrypted) => {
    const sink = await start(options);
    expect(await send(sink.port, settings)).toEqual({ kind: 'delivered' });
    expect(sink.mails).toMatchObject([{ isEncrypted, to: ['team@example.org'] }]);
  });

  it.concurrent.each<[string, SMTPServerOptions, object, string]>([
    [
      'is required, and not offered',
      {},
      { require_tls: true },
      `'require_tls' is true (default) but "127.0.0.1:PORT" does not advertise the STARTTLS extension`,
    ],
    [
      'is required, with a certificate that nobody vouches for',
      STARTTLS,
      { require_tls: true },
      'send STARTTLS command: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    [
      'is required, with a certificate for others',
      STARTTLS,
      { require_tls: true, tls_config: { ...CA, server_name: 'mail.example' } },
      'send STARTTLS command: tls: failed to verify certificate: x509: certificate is valid for localhost, not mail.example',
    ],
    [
      'from the first byte, with a certificate that nobody vouches for',
      IMPLICIT,
      { force_implicit_tls: true },
      'establish TLS connection to server: tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
  ])('%s: tried again', async (_name, options, settings, message) => {
    const sink = await start(options);
    const outcome = await send(sink.port, settings);
    expect(outcome).toEqual({ kind: 'retry', reason: 'other', message: message.replace('PORT', String(sink.port)) });
    expect(sink.mails).toEqual([]);
  });

  it.concurrent('names a file that is not there, when it is needed', async () => {
    const sink = await start(STARTTLS);
    const tls_config = { ca_file: '/nowhere/ca.pem' };
    expect(await send(sink.port, { tls_config })).toEqual({ kind: 'delivered' });
    expect(await send(sink.port, { tls_config, require_tls: true })).toMatchObject({
      kind: 'rejected',
      message: expect.stringMatching(/^parse TLS configuration: .*\/nowhere\/ca\.pem/),
    });
  });
});

describe('authentication', () => {
  const NO_SECRET = { ...USER, auth_secret: undefined };
  it.concurrent.each<[string, string[], object, string]>([
    ['nobody', ['PLAIN'], {}, ''],
    ['the first of the server’s list', ['CRAM-MD5', 'PLAIN', 'LOGIN'], USER, 'CRAM-MD5 alerts'],
    ['the first of another list', ['LOGIN', 'CRAM-MD5', 'PLAIN'], USER, 'LOGIN alerts'],
    ['the first of a third', ['PLAIN', 'LOGIN'], USER, 'PLAIN alerts'],
    ['the first that we have a key for', ['CRAM-MD5', 'XOAUTH2', 'LOGIN'], NO_SECRET, 'LOGIN alerts'],
    ['a secret', ['PLAIN', 'CRAM-MD5'], { ...USER, auth_password: undefined }, 'CRAM-MD5 alerts'],
    ['an identity', ['PLAIN'], { ...USER, auth_identity: 'alerts' }, 'PLAIN alerts'],
    [
      'files, which win',
      ['CRAM-MD5'],
      { ...USER, auth_secret: 'no', auth_secret_file: file('secret', 'cram secret\n') },
      'CRAM-MD5 alerts',
    ],
    [
      'a password file',
      ['LOGIN'],
      { ...USER, auth_password: 'no', auth_password_file: file('password', ' pässword\n') },
      'LOGIN alerts',
    ],
    [
      'a file that cannot be read is passed over',
      ['CRAM-MD5', 'LOGIN'],
      { ...USER, auth_secret_file: '/nowhere/secret' },
      'LOGIN alerts',
    ],
  ])('%s', async (_name, authMethods, settings, login) => {
    const sink = await start({ ...PLAIN, authMethods });
    expect(await send(sink.port, settings)).toEqual({ kind: 'delivered' });
    expect(sink.mails).toMatchObject([{ login }]);
  });

  it.concurrent('runs through TLS', async () => {
    const sink = await start({ ...STARTTLS, authMethods: ['LOGIN', 'PLAIN'] });
    expect(await send(sink.port, { ...USER, require_tls: true, tls_config: CA })).toEqual({ kind: 'delivered' });
    expect(sink.mails).toMatchObject([{ login: 'LOGIN alerts', isEncrypted: true }]);
  });

  it.concurrent('is left out where the server does not ask for it', async () => {
    const sink = await start();
    expect(await send(sink.port, USER)).toEqual({ kind: 'delivered' });
    expect(sink.mails).toMatchObject([{ login: '' }]);
  });

  it.concurrent.each<[string, string[], object, string]>([
    ['a wrong password', ['PLAIN'], { auth_password: 'nope' }, 'PLAIN auth: 535 wrong login'],
    ['a wrong password', ['LOGIN'], { auth_password: 'nope' }, 'LOGIN auth: 535 wrong login'],
    ['a wrong secret', ['CRAM-MD5'], { auth_secret: 'nope' }, 'CRAM-MD5 auth: 535 wrong login'],
    [
      'nothing that the server knows',
      ['XOAUTH2', 'CRAM-MD5'],
      { auth_password: 'nope' },
      'find auth mechanism: unknown auth mechanism: XOAUTH2\nmissing secret for CRAM-MD5 auth mechanism',
    ],
    [
      'no password at all',
      ['PLAIN', 'LOGIN'],
      {},
      'find auth mechanism: missing password for PLAIN auth mechanism\nmissing password for LOGIN auth mechanism',
    ],
  ])('fails with %s (%p)', async (_name, authMethods, settings, message) => {
    const sink = await start({ ...PLAIN, authMethods });
    const outcome = await send(sink.port, { auth_username: 'alerts', ...settings });
    expect(outcome).toEqual({ kind: 'retry', reason: 'other', message });
    expect(JSON.stringify(outcome)).not.toContain('nope');
    expect(sink.mails).toEqual([]);
  });

  it.concurrent('does not repeat what a server repeats', async () => {
    const said = Buffer.from('\0alerts\0pässword').toString('base64');
    const port = await startScript('220 hello', '250-you\r\n250 AUTH PLAIN', `500 what is AUTH PLAIN ${said}`);
    expect(await send(port, USER)).toMatchObject({ message: 'PLAIN auth: 500 what is AUTH PLAIN <secret>' });
  });

  it.concurrent('never says a password where others can listen', async () => {
    const settings = readSettings(email, stringify({ ...BASE, ...USER, smarthost: 'mail:25' })) as EmailSettings;
    const chosen = await chooseAuthentication(['PLAIN'], settings, false);
    const said: unknown[] = [];
    // Of what nodemailer hands in, only this is used.
    const context = { sendCommand: (line: string) => said.push(line) } as unknown as Parameters<
      NonNullable<typeof chosen>['handler']
    >[0];
    await expect(chosen?.handler(context)).rejects.toThrow('unencrypted connection');
    expect(said).toEqual([]);
  });
});

describe('a server that refuses', () => {
  const refuse = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });
  it.concurrent.each<[string, SMTPServerOptions, string]>([
    ['the client', { onConnect: (_s, done) => done(refuse(554, 'go away')) }, 'create SMTP client: 554 go away'],
    ['the sender', { onMailFrom: (_a, _s, done) => done(refuse(550, 'no you')) }, 'send MAIL command: 550 no you'],
    ['the recipient', { onRcptTo: (_a, _s, done) => done(refuse(450, 'later')) }, 'send RCPT command: 450 later'],
    [
      'the message',
      {
        onData: (stream, _s, done) => {
          stream.resume();
          stream.on('end', () => done(refuse(552, 'too much')));
        },
      },
      'delivery failure: 552 too much',
    ],
  ])('%s: tried again', async (_name, options, message) => {
    const sink = await start(options);
    expect(await send(sink.port, {})).toEqual({ kind: 'retry', reason: 'other', message });
  });

  it.concurrent('some recipients has the mail for the others', async () => {
    const sink = await start({
      onRcptTo: ({ address }, _session, done) => done(address.startsWith('gone') ? refuse(550, 'gone') : null),
    });
    expect(await send(sink.port, { to: 'a@example.org, gone@example.org' })).toEqual({ kind: 'delivered' });
    expect(sink.mails).toMatchObject([{ to: ['a@example.org'] }]);
  });

  it.concurrent('is not there', async () => {
    const message = expect.stringMatching(/^establish connection to server: dial tcp 127\.0\.0\.1:1: connect: /);
    expect(await send(1, {})).toMatchObject({ kind: 'retry', message });
  });
});

/** A server that says these lines, one for each that it hears, and hangs up. */
async function startScript(...lines: string[]): Promise<number> {
  const server = createServer((socket) => {
    const waiting = [...lines];
    const next = (): void => {
      const line = waiting.shift();
      if (line === undefined) socket.end();
      else socket.write(`${line}\r\n`);
    };
    socket.on('error', () => {});
    socket.on('data', next);
    next();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

describe('a connection', () => {
  it.concurrent.each<[string, string[], object, string]>([
    ['before the greeting', [], {}, 'create SMTP client: EOF'],
    ['after the greeting', ['220 hello'], {}, 'create SMTP client: EOF'],
    ['after HELO', ['220 hello', '502 what', '250 you'], {}, 'send MAIL command: EOF'],
    ['after MAIL', ['220 hello', '250 you', '250 ok'], {}, 'send RCPT command: EOF'],
    ['after the message', ['220 hello', '250 you', '250 ok', '250 ok', '354 go on'], {}, 'delivery failure: EOF'],
    [
      'without EHLO, where TLS is required',
      ['220 hello', '502 what'],
      { require_tls: true },
      `'require_tls' is true (default) but "127.0.0.1:PORT" does not advertise the STARTTLS extension`,
    ],
    [
      'with STARTTLS that fails',
      ['220 hello', '250-you\r\n250 STARTTLS', '454 not now'],
      { require_tls: true },
      'send STARTTLS command: 454 not now',
    ],
  ])('that ends %s: tried again', async (_name, lines, settings, message) => {
    const port = await startScript(...lines);
    const outcome = await send(port, settings);
    expect(outcome).toEqual({ kind: 'retry', reason: 'other', message: message.replace('PORT', String(port)) });
  });
});

describe('the deadline', () => {
  it.concurrent.each([
    ['before the connection', true],
    ['while the server is silent', false],
  ])('ends a mail %s', async (_name, isOver) => {
    const controller = new AbortController();
    const expire = (): void => controller.abort(new DOMException('context deadline exceeded', 'TimeoutError'));
    const silent = createServer((socket) => {
      socket.on('error', () => {});
      expire();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => silent.close());
    if (isOver) expire();
    const outcome = await send((silent.address() as AddressInfo).port, {}, { signal: controller.signal });
    expect(outcome).toMatchObject({ kind: 'retry', message: expect.stringMatching(/: context deadline exceeded$/) });
  });
});

it.concurrent.each<[object, string]>([
  [{ from: '{{ .Nope }}' }, "execute 'from' template: template: "],
  [{ to: '{{ .Nope }}' }, "execute 'to' template: template: "],
  [{ headers: { 'x-a': '{{ .Nope }}' } }, 'execute "X-A" header template: template: '],
  [{ text: '{{ .Nope }}' }, 'execute text template: template: '],
  [{ html: '{{ .Nope }}' }, 'execute html template: template: '],
  [{ from: 'a@x, b@x' }, "must be exactly one 'from' address (got: 2)"],
  [{ from: 'nobody' }, "parse 'from' addresses: mail: missing '@' or angle-addr"],
  [{ to: '{{ .CommonLabels.nope }}' }, "parse 'to' addresses: mail: no address"],
])('what cannot be rendered ends the notification before anyone is called: %j', async (settings, message) => {
  const sink = await start();
  const outcome = await send(sink.port, settings);
  expect(outcome).toMatchObject({ kind: 'rejected', reason: 'other', message: expect.stringContaining(message) });
  expect(sink.connections()).toBe(0);
});
