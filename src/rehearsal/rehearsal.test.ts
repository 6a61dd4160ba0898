import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { compileTemplates } from '../domain/template/index.js';
import { type Instant, duration, instant } from '../domain/time/index.js';
import { type Clock, systemClock } from '../platform/clock.js';
import { publicAddress } from '../platform/external-url.js';
import { parseFeatures } from '../platform/features.js';
import { parseServerFlags } from '../platform/server-flags.js';
import { type Rehearsal, type RehearsalOptions, rehearse } from './rehearsal.js';

const compiled = compileTemplates([], () => 0);
if (!compiled.ok) throw new Error('the default templates are right');
const templates = compiled.value;

/** Whose time a slow machine does not use up: a millisecond a turn. Nothing may wait for it. */
class PatientClock implements Clock {
  spent = 0;
  turns = 0;

  constructor(private readonly startsAt = systemClock.now()) {}

  now = (): Instant => instant(this.startsAt + this.turns);
  elapsed = (): number => this.spent;
  after = (): never => {
    throw new Error('a rehearsal sets no timers');
  };
}

const platformWith = (clock: Clock): RehearsalOptions['platform'] => ({
  clock,
  options: parseServerFlags([]),
  features: parseFeatures(''),
  address: publicAddress({ externalUrl: '', routePrefix: '', hostname: 'router', port: 9093 }),
  build: { version: '0', revision: '', branch: '', buildUser: '', buildDate: '', runtimeVersion: '' },
  startedAt: clock.now(),
  stopGrace: duration(0),
});

const rehearseBy = (clock: PatientClock): Promise<Rehearsal> =>
  rehearse({ platform: platformWith(clock), templates, mayGoOn: () => ++clock.turns > 0 });

describe('a rehearsal', () => {
  it('plays alerts from the connection to the notification, and silences, and needs nothing real', async () => {
    expect(await rehearseBy(new PatientClock())).toMatchObject({ posts: 2_372, notifications: 4_901 });
  });

  it('leaves a specimen of everything, in the middle of it: what was sent last is not answered', async () => {
    const { specimen } = await rehearseBy(new PatientClock());
    expect(specimen).toMatchObject({ answered: 260, notifications: 410, unanswered: 8 });
    expect(specimen).toHaveProperty('listed.length', 257);
  });

  it('ends when there is something real to do', async () => {
    let steps = 0;
    const played = await rehearse({
      platform: platformWith(new PatientClock()),
      templates,
      mayGoOn: () => ++steps <= 3,
    });
    expect([played.posts <= 3, played.notifications]).toEqual([true, 0]);
  });

  it('leaves nothing that goes on when it ends in the middle', async () => {
    const clock = new PatientClock();
    const mayGoOn = (): boolean => ++clock.turns < 30;
    const { specimen, notifications } = await rehearse({ platform: platformWith(clock), templates, mayGoOn });
    for (let turn = 0; turn < 20; turn++) await nextTurn();
    expect(notifications).toBe(184);
    expect(specimen).toMatchObject({ notifications });
  });

  it('ends when it has taken long', async () => {
    const clock = new PatientClock();
    const mayGoOn = (): boolean => (clock.spent += 500) > 0;
    const { posts } = await rehearse({ platform: platformWith(clock), templates, mayGoOn });
    expect(posts).toBeLessThanOrEqual(5);
  });

  it('does not mind where the clock stands', async () => {
    const clock = new PatientClock(instant(Date.UTC(1971, 0, 1)));
    expect(await rehearseBy(clock)).toMatchObject({ posts: 2_372, notifications: 4_901 });
  });
});
