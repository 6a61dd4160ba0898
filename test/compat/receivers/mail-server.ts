/**
 * A mail server that does as its script says and writes down every line it hears. It exists beside the real one of the other
 * tests because the comparison wants the conversation itself, and servers that offer odd things.
 */
import { type AddressInfo, type Socket, createServer } from 'node:net';
import { StringDecoder } from 'node:string_decoder';
import { TLSSocket } from 'node:tls';
import { tlsText } from '../../support/loopback.js';

export interface MailScript {
  readonly implicitTls?: boolean;
  /** Lines after the first of the answer to EHLO; `STARTTLS` among them is kept. */
  readonly offers?: readonly string[];
  /** What it offers once the line is encrypted; the same by default. */
  readonly offersInside?: readonly string[];
  /** Answers to lines that begin with the key, instead of the usual ones. `hang up` closes the connection. */
  readonly says?: Readonly<Record<string, string>>;
  readonly greeting?: string;
}

export interface MailServer {
  readonly port: number;
  /** Each connection as lines: what was heard, encryption, the message. */
  readonly conversations: readonly string[][];
  close(): Promise<void>;
}

export async function startMailServer(script: MailScript): Promise<MailServer> {
  const conversations: string[][] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    const heard: string[] = [];
    conversations.push(heard);
    new Conversation(script, heard).start(script.implicitTls ? encrypted(socket, heard) : socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    conversations,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function encrypted(socket: Socket, heard: string[]): TLSSocket {
  const secure = new TLSSocket(socket, { isServer: true, cert: tlsText('server.pem'), key: tlsText('server.key') });
  secure.on('secure', () => heard.push('(encrypted)'));
  return secure;
}

/** How somebody begins who speaks TLS to a server that does not: random bytes, among which there may be a line end. */
const TLS_HANDSHAKE = 0x16;

class Conversation {
  #socket!: Socket;
  #rest = '';
  #isData = false;
  #isInside = false;
  #login: string[] = [];

  constructor(
    private readonly script: MailScript,
    private readonly heard: string[],
  ) {
    this.#isInside = script.implicitTls ?? false;
  }

  start(socket: Socket, greet = true): void {
    this.#socket = socket;
    const decoder = new StringDecoder('utf8');
    socket.on('error', () => {});
    socket.on('data', (chunk: Buffer) => {
      if (chunk[0] !== TLS_HANDSHAKE) this.#take(decoder.write(chunk));
    });
    if (greet) this.#say(this.script.greeting ?? '220 mail.example ESMTP');
  }

  #say(line: string): void {
    if (line === 'hang up') return void this.#socket.destroy();
    this.#socket.write(`${line.replaceAll('\n', '\r\n')}\r\n`);
  }

  #take(chunk: string): void {
    this.#rest += chunk;
    for (;;) {
      const end = this.#rest.indexOf(this.#isData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const text = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + (this.#isData ? 5 : 2));
      this.heard.push(text);
      if (this.#isData) {
        this.#isData = false;
        this.#say(this.script.says?.['.'] ?? '250 taken');
      } else this.#hear(text);
    }
  }

  #hear(line: string): void {
    const own = Object.entries(this.script.says ?? {}).find(([start]) => line.startsWith(start));
    if (own) return this.#say(own[1]);
    if (this.#login.length > 0) return this.#say(this.#login.shift() as string);
    const [word = ''] = line.toUpperCase().split(/[ :]/);
    switch (word) {
      case 'EHLO':
        return this.#say(this.#greetingBack());
      case 'AUTH':
        return this.#authenticate(line.split(' '));
      case 'STARTTLS': {
        this.#say('220 go ahead');
        this.#isInside = true;
        const plain = this.#socket;
        plain.removeAllListeners('data');
        return this.start(encrypted(plain, this.heard), false);
      }
      case 'DATA':
        this.#isData = true;
        return this.#say('354 go on');
      case 'QUIT':
        this.#say('221 bye');
        return void this.#socket.end();
      default:
        return this.#say('250 ok');
    }
  }

  #greetingBack(): string {
    const { offers = [], offersInside = offers } = this.script;
    const lines = ['mail.example', ...(this.#isInside ? offersInside : offers)];
    return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\n');
  }

  /** Takes whatever it is told. */
  #authenticate([, mechanism = '', initial]: readonly string[]): void {
    const ok = '235 welcome';
    if (mechanism === 'PLAIN') return this.#say(initial === undefined ? '334 ' : ok);
    this.#login = mechanism === 'LOGIN' ? ['334 UGFzc3dvcmQ6', ok] : [ok];
    this.#say(mechanism === 'LOGIN' ? '334 VXNlcm5hbWU6' : '334 PDE4OTYuNjk3QGV4YW1wbGU+');
  }
}
