import { describe, expect, it } from '@jest/globals';

import { VirtualClock, settle } from '../../test/support/virtual-clock.js';
import { Secret } from '../config/secret.js';
import type { ReceiverSchema } from '../config/receiver-schema.js';
import { LabelSet } from '../domain/labels/index.js';
import type { Notification, Outcome, Send, SendResult } from '../domain/notify/index.js';
import type { ReceiverConfig } from '../domain/ruleset/index.js';
import type { TemplateSet } from '../domain/template/index.js';
import { duration, plus } from '../domain/time/index.js';
import type { CancelSignal } from '../platform/cancel-signal.js';
import { type HttpClientFactory } from '../platform/http-client/index.js';
import { createLogger } from '../platform/log.js';
import { createMetrics } from '../platform/metrics.js';
import { type Channel, defineReceiver } from '../receivers/receiver.js';
import { createDelivery } from './delivery.js';

const BUILD = { version: '', revision: '', branch: '', buildUser: '', buildDate: '', runtimeVersion: '' };

/** A delivery whose one kind of integration does what the test says, and everything that it leaves behind. */
function setUp(options: { random?: number; limits?: { perIntegration: number; overall: number } } = {}) {
  const clock = new VirtualClock();
  const lines: string[] = [];
  const attempts: { at: number; name: unknown }[] = [];
  const closed: unknown[] = [];
  const metrics = createMetrics({ build: BUILD });
  const world = {
    send: (_name: unknown, _signal: CancelSignal): Promise<Outcome> | Outcome => ({ kind: 'delivered' }),
  };
  const fake = defineReceiver<unknown>({
    type: 'webhook',
    yamlKey: 'webhook_configs',
    // Delivery never looks at a schema.
    config: {} as ReceiverSchema<unknown>,
    example: '',
    build(settings): Channel {
      if (settings === 'bad') throw new Error('unable to read file /ca');
      return {
        send: async (_notification, signal) => {
          attempts.push({ at: clock.elapsed(), name: settings });
          return world.send(settings, signal);
        },
        close: async () => void closed.push(settings),
      };
    },
  });
  const delivery = createDelivery({
    clock,
    ids: { uuid: () => '', random: () => options.random ?? 0.5 },
    log: createLogger({ level: 'info', format: 'logfmt', clock, write: (line) => lines.push(line) }),
    metrics,
    http: {} as HttpClientFactory,
    kinds: [fake],
    ...(options.limits ? { limits: options.limits } : {}),
  });
  const adopt = (...receivers: ReceiverConfig[]) => delivery.adoptChannels(receivers, {} as TemplateSet);
  const send = (receiver = 'r', deadlineMs = 10_000): Send => ({
    integration: { receiver, type: 'webhook', index: 0 },
    notification: notification(receiver),
    deadlineAt: plus(clock.now(), duration(deadlineMs)),
  });
  const count = async (name: string): Promise<string | undefined> =>
    (await metrics.expose('text'))
      .split('\n')
      .find((line) => line.startsWith(name))
      ?.split(' ')
      .at(-1);
  return { clock, lines, attempts, closed, world, delivery, adopt, send, count };
}

const receiver = (name: string, settings: unknown = name): ReceiverConfig => ({
  name,
  labels: LabelSet.EMPTY,
  integrations: [{ type: 'webhook', index: 0, sendResolved: true, settings }],
});

// The integrations here do not look at it.
const notification = (name: string) => ({ receiver: name, groupKey: '{}:{}', alerts: [] }) as unknown as Notification;

const never = new AbortController().signal;
const ill = (message = 'oops', more: object = {}): Outcome => ({
  kind: 'retry',
  reason: 'serverError',
  message,
  ...more,
});

/** Runs a send to its end on the virtual clock. */
async function finish(clock: VirtualClock, sending: Promise<SendResult>): Promise<SendResult> {
  let result: SendResult | undefined;
  void sending.then((value) => (result = value));
  await clock.advanceUntil(() => result !== undefined);
  return result as SendResult;
}

describe('attempts', () => {
  it.each([
    ['without jitter', 0.5, [0, 500, 1250, 2375, 4062.5, 6593.75]],
    ['at the least', 0, [0, 250, 625, 1187.5, 2031.25, 3296.875, 5195.3125, 8042.96875]],
    ['at the most', 1, [0, 750, 1875, 3562.5, 6093.75, 9890.625]],
  ])('follow one another with growing pauses, %s', async (_name, random, times) => {
    const { clock, world, adopt, delivery, send, attempts, count } = setUp({ random });
    adopt(receiver('r'));
    world.send = () => ill();
    const result = await finish(clock, delivery.deliver(send(), never));
    expect(attempts.map(({ at }) => at)).toEqual(times);
    expect(clock.elapsed()).toBe(10_000);
    expect(result).toEqual({
      kind: 'retry',
      reason: 'serverError',
      message: `r/webhook[0]: notify retry canceled after ${times.length} attempts: oops`,
      attempts: times.length,
    });
    expect(await count('alertmanager_notifications_total{integration="webhook"}')).toBe('1');
    expect(await count('alertmanager_notification_requests_total{integration="webhook"}')).toBe(`${times.length}`);
    expect(await count('alertmanager_notification_requests_failed_total{integration="webhook"}')).toBe(
      `${times.length}`,
    );
    expect(await count('alertmanager_notifications_failed_total{integration="webhook",reason="serverError"}')).toBe(
      '1',
    );
    expect(await count('alertmanager_notifications_failed_total{integration="webhook",reason="other"}')).toBe('0');
  });

  it('pause from the start of the one before, and never beyond a minute', async () => {
    const { clock, world, adopt, delivery, send, attempts } = setUp();
    adopt(receiver('r'));
    world.send = () => new Promise((resolve) => clock.after(duration(400), () => resolve(ill())));
    await finish(clock, delivery.deliver(send('r', 400_000), never));
    const times = attempts.map(({ at }) => at);
    expect(times.slice(0, 3)).toEqual([0, 500, 1250]);
    expect(times.slice(-3).map((at, i, all) => at - (all[i - 1] ?? at))).toEqual([0, 60_000, 60_000]);
  });

  it('end with success, whose data is handed on', async () => {
    const { clock, world, adopt, delivery, send, attempts, lines } = setUp();
    adopt(receiver('r'));
    world.send = () => (attempts.length < 3 ? ill() : { kind: 'delivered', data: { id: 'x' } });
    const result = await finish(clock, delivery.deliver(send(), never));
    expect(result).toEqual({ kind: 'delivered', data: { id: 'x' }, attempts: 3 });
    expect(lines.map((line) => line.replace(/^time=\S+ /, '').trim())).toEqual([
      'level=WARN msg="Notify attempt failed, will retry later" component=dispatcher receiver=r integration=webhook[0] aggrGroup={}:{} attempts=1 err=oops',
      'level=INFO msg="Notify success" component=dispatcher receiver=r integration=webhook[0] aggrGroup={}:{} attempts=3 duration=0s numAlerts=0',
    ]);
  });

  it('say an error again only when it is another one', async () => {
    const { clock, world, adopt, delivery, send, attempts, lines } = setUp();
    adopt(receiver('r'));
    world.send = () => ill(attempts.length < 3 ? 'a' : 'b');
    await finish(clock, delivery.deliver(send(), never));
    expect(lines.map((line) => /attempts=(\d+) err=(\S+)/.exec(line)?.slice(1))).toEqual([
      ['1', 'a'],
      ['3', 'b'],
    ]);
  });

  it('end at once when another would not help', async () => {
    const { world, adopt, delivery, send, count } = setUp();
    adopt(receiver('r'));
    world.send = () => ({ kind: 'rejected', reason: 'clientError', message: 'bad' });
    expect(await delivery.deliver(send(), never)).toEqual({
      kind: 'rejected',
      reason: 'clientError',
      message: 'r/webhook[0]: notify retry canceled due to unrecoverable error after 1 attempts: bad',
      attempts: 1,
    });
    expect(await count('alertmanager_notifications_failed_total{integration="webhook",reason="clientError"}')).toBe(
      '1',
    );
  });

  it('end with the caller', async () => {
    const { world, adopt, delivery, send } = setUp();
    adopt(receiver('r'));
    const controller = new AbortController();
    world.send = (_name, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(ill('cut off'))));
    const sending = delivery.deliver(send(), controller.signal);
    await settle();
    controller.abort();
    expect(await sending).toMatchObject({
      reason: 'contextCanceled',
      message: 'r/webhook[0]: notify retry canceled after 1 attempts: context canceled',
    });
  });

  it('end with the deadline, also when none came to an end, and none begins after it', async () => {
    const { clock, world, adopt, delivery, send, attempts } = setUp();
    adopt(receiver('r'));
    world.send = (_name, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(ill('cut off'))));
    expect(await finish(clock, delivery.deliver(send(), never))).toMatchObject({
      reason: 'contextDeadlineExceeded',
      message: 'r/webhook[0]: notify retry canceled after 1 attempts: context deadline exceeded',
    });
    expect(await finish(clock, delivery.deliver(send('r', 0), never))).toMatchObject({ attempts: 0 });
    expect(attempts).toHaveLength(1);
    expect(clock.pending).toBe(0);
  });

  it('survive an integration that throws', async () => {
    const { world, adopt, delivery, send } = setUp();
    adopt(receiver('r'));
    world.send = () => {
      throw new Error('a bug');
    };
    expect(await delivery.deliver(send(), never)).toMatchObject({ kind: 'rejected', reason: 'other' });
  });
});

describe('a pause that the receiver asks for', () => {
  it('is kept when it ends in time', async () => {
    const { clock, world, adopt, delivery, send, attempts } = setUp();
    adopt(receiver('r'));
    world.send = () => (attempts.length === 1 ? ill('slow down', { retryAfterMs: 7_000 }) : { kind: 'delivered' });
    expect(await finish(clock, delivery.deliver(send(), never))).toMatchObject({ kind: 'delivered', attempts: 2 });
    expect(attempts.map(({ at }) => at)).toEqual([0, 7_000]);
  });

  it('ends the sending when it does not', async () => {
    const { clock, world, adopt, delivery, send } = setUp();
    adopt(receiver('r'));
    world.send = () => ill('slow down', { retryAfterMs: 10_000 });
    expect(await finish(clock, delivery.deliver(send(), never))).toMatchObject({
      message: 'r/webhook[0]: notify retry canceled after 1 attempts: slow down',
    });
    expect(clock.elapsed()).toBe(0);
  });
});

describe('secrets', () => {
  it('are masked in what comes back and in the log', async () => {
    const { clock, world, adopt, delivery, send, lines } = setUp();
    adopt(receiver('r', { deep: new Map([['a', [new Secret('top/secret')]]]) }));
    world.send = () => ill('server says top/secret and top%2Fsecret');
    const result = await finish(clock, delivery.deliver(send(), never));
    expect(JSON.stringify([result, lines])).not.toMatch(/top/);
    expect(result).toMatchObject({ message: expect.stringContaining('server says <secret> and <secret>') });
  });
});

describe('places', () => {
  it('are limited for each integration, and slow ones keep nobody out', async () => {
    const { world, adopt, delivery, send, attempts } = setUp({ limits: { perIntegration: 2, overall: 3 } });
    adopt(receiver('slow'), receiver('slower'), receiver('quick'));
    const open: ((outcome: Outcome) => void)[] = [];
    world.send = (name) => (name === 'quick' ? { kind: 'delivered' } : new Promise((resolve) => open.push(resolve)));
    const sendings = ['slow', 'slow', 'slow', 'slower', 'slower'].map((name) => delivery.deliver(send(name), never));
    await settle();
    expect(attempts.map(({ name }) => name)).toEqual(['slow', 'slow', 'slower']);
    expect(await delivery.deliver(send('quick'), never)).toMatchObject({ kind: 'delivered' });
    for (let i = 0; i < 5; i++) {
      open.shift()?.({ kind: 'delivered' });
      await settle();
    }
    expect(attempts.map(({ name }) => name)).toEqual(['slow', 'slow', 'slower', 'quick', 'slow', 'slower']);
    expect((await Promise.all(sendings)).every(({ kind }) => kind === 'delivered')).toBe(true);
  });

  it('are left by who gives up waiting', async () => {
    const { clock, world, adopt, delivery, send } = setUp({ limits: { perIntegration: 1, overall: 1 } });
    adopt(receiver('r'));
    world.send = (_name, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(ill('cut off'))));
    const first = delivery.deliver(send('r', 5_000), never);
    const second = delivery.deliver(send('r', 1_000), never);
    await clock.advance(1_000);
    expect(await second).toMatchObject({ attempts: 0, reason: 'contextDeadlineExceeded' });
    expect(await finish(clock, first)).toMatchObject({ attempts: 1 });
  });
});

describe('a reload', () => {
  it('lets sends end by the channels they began with, then closes these', async () => {
    const { world, adopt, delivery, send, attempts, closed } = setUp();
    adopt(receiver('r', 'old'));
    let end: (outcome: Outcome) => void = () => {};
    world.send = () => new Promise((resolve) => (end = resolve));
    const sending = delivery.deliver(send(), never);
    await settle();
    adopt(receiver('r', 'new'));
    expect(closed).toEqual([]);
    end({ kind: 'delivered' });
    await sending;
    await settle();
    expect(closed).toEqual(['old']);
    world.send = () => ({ kind: 'delivered' });
    await delivery.deliver(send(), never);
    expect(attempts.map(({ name }) => name)).toEqual(['old', 'new']);
    await delivery.close();
    expect(closed).toEqual(['old', 'new']);
  });

  it('that cannot be built names all that is wrong, closes the rest and leaves the old in place', async () => {
    const { adopt, delivery, send, closed } = setUp();
    adopt(receiver('r', 'old'));
    const result = adopt(receiver('r', 'new'), receiver('a', 'bad'), receiver('b', 'bad'));
    expect(result).toMatchObject({
      ok: false,
      issues: [
        { path: 'receivers[a].webhook[0]', message: 'unable to read file /ca' },
        { path: 'receivers[b].webhook[0]' },
      ],
    });
    expect(closed).toEqual(['new']);
    expect(await delivery.deliver(send(), never)).toMatchObject({ kind: 'delivered' });
  });

  it('may take a receiver away that something is still to be sent to', async () => {
    const { adopt, delivery, send } = setUp();
    adopt(receiver('other'));
    expect(await delivery.deliver(send(), never)).toMatchObject({ kind: 'rejected', attempts: 0 });
  });
});
