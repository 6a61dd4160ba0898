import type { LookupAddress } from 'node:dns';

import { type Duration, duration } from '../../domain/time/index.js';
import type { Clock } from '../clock.js';

/** A resolver that is well answers sooner; a thread that is free answers what stands in `/etc/hosts` at once. */
const PATIENCE: Duration = duration(300);

export interface NameLookupDeps {
  /** The system's own way, which holds a thread until it knows. */
  readonly bySystem: (host: string) => Promise<readonly LookupAddress[]>;
  /** A way that needs no thread. */
  readonly byServers: (host: string) => Promise<readonly LookupAddress[]>;
  readonly clock: Pick<Clock, 'elapsed' | 'after'>;
}

/**
 * Addresses of names, so that one name that nobody answers for holds up no other.
 *
 * The system has two threads for lookups, and each is held for many seconds by a name whose servers are silent: two receivers
 * with such names would keep all others from being called. So the system is asked once at a time for each name, and who has
 * waited a while for it asks the servers, too. The first address counts; that there is none is for the system to say.
 *
 * Bound: one question to the system and one to the servers for each name that connections wait for.
 */
export class NameLookup {
  readonly #system: Shared;
  readonly #servers: Shared;

  constructor(private readonly deps: NameLookupDeps) {
    this.#system = new Shared(deps.bySystem, deps.clock);
    this.#servers = new Shared(deps.byServers, deps.clock);
  }

  find(host: string): Promise<readonly LookupAddress[]> {
    const { answer, since } = this.#system.ask(host);
    const { clock } = this.deps;
    return new Promise((resolve, reject) => {
      const hurry = clock.after(duration(since + PATIENCE - clock.elapsed()), () =>
        // The system may still know it.
        this.#servers.ask(host).answer.then(resolve, () => {}),
      );
      answer.then(resolve, reject).finally(() => hurry.cancel());
    });
  }
}

interface Question {
  readonly answer: Promise<readonly LookupAddress[]>;
  readonly since: number;
}

/** Who asks what is being asked already shares the answer. */
class Shared {
  readonly #open = new Map<string, Question>();

  constructor(
    private readonly find: (host: string) => Promise<readonly LookupAddress[]>,
    private readonly clock: Pick<Clock, 'elapsed'>,
  ) {}

  ask(host: string): Question {
    let question = this.#open.get(host);
    if (!question) {
      const answer = this.find(host).finally(() => this.#open.delete(host));
      question = { answer, since: this.clock.elapsed() };
      this.#open.set(host, question);
    }
    return question;
  }
}
