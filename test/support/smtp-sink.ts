/** A real mail server on loopback that keeps what it is given. */
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

import { tlsText } from './loopback.js';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly isEncrypted: boolean;
  /** What was said with EHLO. */
  readonly hello: string;
  /** `PLAIN alerts secret`, if anyone has logged in. */
  readonly login: string;
}

export interface SmtpSink {
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** How many came, whether or not they left a mail. */
  readonly connections: () => number;
  close(): Promise<void>;
}

/** By default without TLS and for everyone; its certificate is for localhost and 127.0.0.1. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<SmtpSink> {
  const mails: ReceivedMail[] = [];
  const logins = new Map<string, string>();
  let connections = 0;
  const server = new SMTPServer({
    cert: tlsText('server.pem'),
    key: tlsText('server.key'),
    disabledCommands: ['STARTTLS', 'AUTH'],
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    logger: false,
    onConnect(_session, done) {
      connections++;
      done();
    },
    onAuth({ method, username = '', password = '', validatePassword }, session, done) {
      const knows = method === 'CRAM-MD5' ? validatePassword('cram secret') : password === 'pässword';
      if (username !== 'alerts' || !knows) return void done(new Error('wrong login'));
      logins.set(session.id, `${method} ${username}`);
      done(null, { user: username });
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        mails.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
          isEncrypted: session.secure,
          hello: String(session.hostNameAppearsAs),
          login: logins.get(session.id) ?? '',
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  const port = await new Promise<number>((resolve) => {
    const listener = server.listen(0, '127.0.0.1', () => resolve((listener.address() as { port: number }).port));
  });
  return {
    port,
    mails,
    connections: () => connections,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
