/** The other side of SMTP as far as one mail after another needs it: all is well, and a mail ends with a lone dot. */
const END_OF_MAIL = '\r\n.\r\n';
const GREETING = '220 sink ESMTP\r\n';

export class MailReader {
  #say;
  #onMail;
  #rest = '';
  #isInMail = false;

  /** `say(text)` answers the sender; `onMail(body)` is given headers and parts as they came. */
  constructor(say, onMail) {
    this.#say = say;
    this.#onMail = onMail;
    say(GREETING);
  }

  push(chunk) {
    this.#rest += chunk.latin1Slice();
    for (;;) {
      const end = this.#isInMail ? END_OF_MAIL : '\r\n';
      const at = this.#rest.indexOf(end);
      if (at < 0) return;
      const whole = this.#rest.slice(0, at);
      this.#rest = this.#rest.slice(at + end.length);
      if (this.#isInMail) this.#takeMail(whole);
      else this.#obey(whole.slice(0, 4).toUpperCase());
    }
  }

  #takeMail(text) {
    this.#isInMail = false;
    this.#onMail(Buffer.from(text, 'latin1'));
    this.#say('250 taken\r\n');
  }

  #obey(command) {
    this.#isInMail = command === 'DATA';
    if (command === 'EHLO') this.#say('250-sink\r\n250 8BITMIME\r\n');
    else this.#say(this.#isInMail ? '354 go on\r\n' : '250 all right\r\n');
  }
}
