/**
 * Hears, in what nodemailer logs, which extensions the server offers, and in which order the ways of authentication;
 * nodemailer itself keeps only those that it knows, in an order of its own.
 */
export class Ears {
  #offers: readonly string[] = [];
  #isGreeting = false;
  heardOffers = false;
  /** The last command that is not answered yet or was not answered with an invitation to go on. */
  lastSaid = '';

  readonly logger = {
    trace: () => {},
    debug: (entry: { readonly tnx?: string }, line: string): void => this.#hear(entry.tnx, line),
    info: () => {},
    warn: () => {},
    error: () => {},
    fatal: () => {},
  };

  offers(extension: string): boolean {
    return this.#offers.some((offer) => offer.toUpperCase().startsWith(extension));
  }

  get mechanisms(): readonly string[] {
    const offer = this.#offers.find((line) => /^AUTH[ =]/i.test(line)) ?? '';
    return offer
      .slice('AUTH '.length)
      .split(/\s+/)
      .filter((mechanism) => mechanism !== '');
  }

  #hear(side: string | undefined, line: string): void {
    if (side === 'server' && line.startsWith('354')) this.lastSaid = '';
    if (side === 'client') {
      this.lastSaid = line;
      this.#isGreeting = /^(?:EHLO|HELO) /.test(line);
      if (this.#isGreeting) this.#offers = [];
    } else if (side === 'server' && this.#isGreeting) {
      this.#isGreeting = false;
      this.heardOffers = true;
      if (line.startsWith('2'))
        this.#offers = line
          .split(/\r?\n/)
          .slice(1)
          .map((one) => one.slice(4).trim());
    }
  }
}
