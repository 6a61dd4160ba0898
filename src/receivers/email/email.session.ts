/**
 * One mail over one connection: greeting, STARTTLS where it is demanded, authentication, envelope, message, QUIT.
 *
 * nodemailer speaks; what it leaves to taste is settled here. Every failure may be tried again, also where the server says
 * that it is final: the next server behind the name may know better. Which step failed begins the message.
 */
import type { Socket } from 'node:net';

import SMTPConnection, { type SMTPConnectionCustomAuthHandler } from 'nodemailer/lib/smtp-connection';

import { formatHostPort } from '../../config/host-port.js';
import { quoteGo } from '../../domain/matcher/index.js';
import type { CancelSignal } from '../../platform/cancel-signal.js';
import { describeNetworkError } from '../../platform/http-client/index.js';
import { duration } from '../../domain/time/index.js';
import type { Clock } from '../../platform/clock.js';
import { SendFailed, retryable } from '../kit/failures.js';
import { type Authentication, chooseAuthentication } from './email.auth.js';
import type { EmailSettings } from './email.config.js';
import { type TlsOptions, openSocket, tlsOptionsFor } from './email.connect.js';
import { Ears } from './email.ears.js';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly message: string;
}

export interface SessionOptions {
  readonly settings: EmailSettings;
  readonly isImplicitTls: boolean;
  readonly tls: TlsOptions;
  readonly signal: CancelSignal;
  readonly clock: Clock;
}

/** The recipients that the server did not take; it took at least one. */
export async function deliver(mail: Mail, options: SessionOptions): Promise<readonly string[]> {
  const { settings, isImplicitTls, signal } = options;
  const tls = tlsOptionsFor(settings.smarthost, options.tls);
  const socket = await openSocket(settings.smarthost, isImplicitTls ? tls : undefined, signal).catch(
    (error: unknown) => {
      throw failure(isImplicitTls ? 'establish TLS connection to server' : 'establish connection to server', error);
    },
  );
  const session = new Session(socket, { ...options, tls });
  const giveUp = (): void => session.close(signal.reason as Error);
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await session.greet();
    await session.authenticate();
    return await session.send(mail);
  } finally {
    signal.removeEventListener('abort', giveUp);
    session.quit();
  }
}

/** The server speaks, but not TLS. */
const NO_TLS = 'tls: first record does not look like a TLS handshake';
/** How long a server may take to say goodbye. */
const FAREWELL = duration(5_000);
const LOCAL_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '::1'];

/** What nodemailer adds to its errors. */
interface SmtpError extends Error {
  readonly code?: string;
  /** The code of the system's error, where it was one. */
  readonly originalCode?: string;
  readonly command?: string;
  readonly response?: string;
}

type Done<T> = (error?: Error | null, value?: T) => void;

class Session {
  readonly #connection: SMTPConnection;
  readonly #requiresTls: boolean;
  readonly #ears = new Ears();
  #authentication: Authentication | undefined;
  #endStep: (error: Error) => void = () => {};
  #isOver = false;

  constructor(
    socket: Socket,
    private readonly options: SessionOptions,
  ) {
    const { settings, isImplicitTls, tls } = options;
    this.#requiresTls = settings.requireTls && !isImplicitTls;
    const run: SMTPConnectionCustomAuthHandler = (context) => this.#authentication?.handler(context);
    this.#connection = new SMTPConnection({
      connection: socket,
      host: settings.smarthost.host || 'localhost',
      secure: isImplicitTls,
      secured: isImplicitTls,
      requireTLS: this.#requiresTls,
      ignoreTLS: !this.#requiresTls,
      name: settings.hello || 'localhost',
      customAuth: { PLAIN: run, LOGIN: run, 'CRAM-MD5': run },
      tls,
      transactionLog: true,
      logger: this.#ears.logger,
    });
    this.#connection.on('error', (error: Error) => this.#endStep(error));
    this.#connection.on('end', () => {
      this.#isOver = true;
      this.#endStep(new Error('EOF'));
    });
  }

  async greet(): Promise<void> {
    try {
      await this.#step<void>((done) => this.#connection.connect(done));
    } catch (error) {
      throw this.#refusedGreeting(error as SmtpError);
    }
  }

  async authenticate(): Promise<void> {
    const { settings } = this.options;
    const isPrivate = this.#connection.secure || LOCAL_HOSTS.includes(settings.smarthost.host);
    try {
      this.#authentication = await chooseAuthentication(this.#ears.mechanisms, settings, isPrivate);
    } catch (error) {
      throw failure('find auth mechanism', error);
    }
    const { method, reason } = this.#authentication ?? {};
    if (method === undefined) return;
    try {
      await this.#step((done) => this.#connection.login({ user: settings.authUsername, method }, done));
    } catch (error) {
      throw failure(`${method} auth`, reason?.() ?? error);
    }
  }

  async send({ from, to, message }: Mail): Promise<readonly string[]> {
    try {
      const envelope = { from, to: [...to], use8BitMime: true };
      const info = await this.#step<{ rejected?: readonly unknown[] }>((done) =>
        this.#connection.send(envelope, message, done),
      );
      return (info?.rejected ?? []).map(String);
    } catch (error) {
      throw failure(stepOf(error as SmtpError, this.#ears.lastSaid), error);
    }
  }

  /** Nobody waits for the answer; a server that gives none is left. */
  quit(): void {
    if (this.#isOver) return;
    this.#connection.quit();
    const timer = this.options.clock.after(FAREWELL, () => this.#connection.close());
    this.#connection.once('end', () => timer.cancel());
  }

  close(reason: Error): void {
    this.#endStep(reason);
    this.#connection.close();
  }

  /** Ends with its own answer, with an error of the connection, or with the deadline. */
  #step<T>(run: (done: Done<T>) => void): Promise<T | undefined> {
    const { signal } = this.options;
    return new Promise<T | undefined>((resolve, reject) => {
      if (signal.aborted) return void reject(signal.reason as Error);
      this.#endStep = reject;
      run((error, value) => (error ? reject(error) : resolve(value)));
    });
  }

  #refusedGreeting(error: SmtpError): SendFailed {
    const { smarthost } = this.options.settings;
    if (!this.#ears.heardOffers)
      return failure(
        error.command === 'EHLO' || error.command === 'HELO' ? 'send EHLO command' : 'create SMTP client',
        error,
      );
    if (!this.#requiresTls) return failure('send EHLO command', error);
    if (this.#ears.offers('STARTTLS')) return failure('send STARTTLS command', error);
    const server = quoteGo(formatHostPort(smarthost));
    const why = `'require_tls' is true (default) but ${server} does not advertise the STARTTLS extension`;
    return new SendFailed(retryable(why));
  }
}

/** Which part of the conversation an error belongs to: nodemailer says it, save for connections that end. */
function stepOf({ code, command }: SmtpError, lastSaid: string): string {
  if (code === 'EMESSAGE') return 'delivery failure';
  const word = /^[A-Z]+/.exec(command === 'CONN' || command === undefined ? lastSaid : command)?.[0] ?? '';
  return ['MAIL', 'RCPT', 'DATA'].includes(word) ? `send ${word} command` : 'delivery failure';
}

function failure(step: string, error: unknown): SendFailed {
  const { response, code, originalCode } = error as SmtpError;
  if (response !== undefined) return new SendFailed(retryable(`${step}: ${response}`));
  if (code === 'ECONNECTION') return new SendFailed(retryable(`${step}: EOF`));
  // nodemailer writes a code of its own over that of the system, by which an error is known.
  if (originalCode !== undefined) Object.assign(error as SmtpError, { code: originalCode });
  return new SendFailed(retryable(`${step}: ${describeNetworkError(error, NO_TLS)}`));
}
