/**
 * What the router promises, asked of what its receivers got to hear:
 * nothing is sent while it is muted, nothing is told twice without need, who was told that something fires is told of its end,
 * and what fires is told.
 */
import { isResolved } from '../../src/domain/alert/index.js';
import { LabelSet } from '../../src/domain/labels/index.js';
import type { Instant } from '../../src/domain/time/index.js';
import type { Delivery } from '../support/collectors.js';
import { labelsOf } from './history.js';
import { REPEAT } from './rulesets.js';
import type { World } from './world.js';

/** Its `send_resolved` is false. */
const NOT_TOLD_OF_ENDS = 'a/1';

type Status = 'firing' | 'resolved';

interface Told {
  readonly labels: LabelSet;
  readonly status: Status;
  /** Which occurrence of the alert. */
  readonly startsAt: Instant;
  /** It was muted when something else was told: when it fires on afterwards it is told anew, as Alertmanager does it. */
  wasLeftOut: boolean;
  readonly at: Instant;
}

export function findBrokenPromises(world: World, received: readonly Delivery[], now: Instant): string[] {
  return [
    ...received.flatMap((delivery) => findMuted(world, delivery)),
    ...findNeedless(world, received),
    ...findOwed(world, received, now),
  ];
}

const describe = ({ at, hook, send: { notification } }: Delivery): string =>
  `${at} ${hook} ${notification.groupKey} (${notification.reason})`;

const statusesOf = ({ send: { notification } }: Delivery): ReadonlyMap<string, Status> =>
  new Map(
    notification.alerts.map((alert) => [
      alert.labels.fingerprint,
      isResolved(alert, notification.flushedAt) ? 'resolved' : 'firing',
    ]),
  );

function findMuted(world: World, delivery: Delivery): string[] {
  const { alerts, flushedAt } = delivery.send.notification;
  return alerts.flatMap(({ labels }) => {
    const object = labels.toObject();
    if (world.wasSilenced(object['alertname'] ?? '', flushedAt))
      return [`${describe(delivery)}: tells what is silenced`];
    if (world.wasInhibited(object, flushedAt)) return [`${describe(delivery)}: tells what is inhibited`];
    return [];
  });
}

/** One needless notification for each group and integration is allowed each time the process dies. */
function findNeedless(world: World, received: readonly Delivery[]): string[] {
  const toldTo = new Map<string, Map<string, Told>>();
  const needless = new Map<string, string[]>();
  for (const delivery of received) {
    const { hook, at, send } = delivery;
    const group = `${hook} ${send.notification.groupKey}`;
    const told = toldTo.get(hook) ?? new Map<string, Told>();
    toldTo.set(hook, told);
    if (!isNews(world, delivery, told))
      needless.set(group, [...(needless.get(group) ?? []), `${describe(delivery)}: is no news`]);
    const statuses = statusesOf(delivery);
    for (const { labels, startsAt } of send.notification.alerts)
      told.set(labels.fingerprint, {
        labels,
        status: statuses.get(labels.fingerprint) ?? 'firing',
        startsAt: startsAt.at,
        wasLeftOut: false,
        at,
      });
    for (const [fingerprint, one] of told)
      if (!statuses.has(fingerprint) && world.wasMuted(one.labels.toObject(), send.notification.flushedAt))
        one.wasLeftOut = true;
  }
  return [...needless.values()].filter((list) => list.length > world.crashes.length).flat();
}

function isNews(world: World, delivery: Delivery, told: ReadonlyMap<string, Told>): boolean {
  const { reason, flushedAt, alerts } = delivery.send.notification;
  const statuses = statusesOf(delivery);
  if (reason === 'repeat interval elapsed')
    return alerts.every(({ labels }) => (told.get(labels.fingerprint)?.at ?? 0) + REPEAT <= flushedAt);
  if (reason === 'all alerts resolved' && hasMuted(world, told, flushedAt)) return true;
  return alerts.some(({ labels: { fingerprint }, startsAt }) => {
    const known = told.get(fingerprint);
    const isSame = known?.status === statuses.get(fingerprint) && known?.startsAt === startsAt.at;
    return !isSame || known.wasLeftOut || wasQuietlyLeftOut(world, delivery, known);
  });
}

/** Alertmanager tells that all is resolved, also again, when what still fires is muted. */
const hasMuted = (world: World, told: ReadonlyMap<string, Told>, then: Instant): boolean =>
  [...told.values()].some(({ status, labels }) => status === 'firing' && world.wasMuted(labels.toObject(), then));

/** Where resolutions are only logged, an alert that was muted at such a time is left out without anybody hearing of it. */
const wasQuietlyLeftOut = (world: World, { hook, send }: Delivery, { labels, at }: Told): boolean =>
  hook === NOT_TOLD_OF_ENDS && world.mayHaveBeenMuted(labels.toObject(), at, send.notification.flushedAt);

function findOwed(world: World, received: readonly Delivery[], now: Instant): string[] {
  const last = new Map<string, Status>();
  // What a dying process has just sent may arrive after what the next one sends: nobody can help that.
  const inOrder = [...received].sort((a, b) => a.send.notification.flushedAt - b.send.notification.flushedAt);
  for (const delivery of inOrder)
    for (const [fingerprint, status] of statusesOf(delivery)) last.set(`${delivery.hook} ${fingerprint}`, status);
  return [...world.alerts.values()].flatMap(({ number }) => {
    const labels = labelsOf(number);
    const { fingerprint } = LabelSet.fromObject(labels);
    const isFiring = world.isFiring(number, now);
    // Its turn comes when the mute ends, be it to fire or to have ended.
    if (world.isInhibited(labels, now)) return [];
    const hooks = labels['zone'] === 'a' ? ['a/0', 'a/1'] : ['default/0'];
    return hooks.flatMap((hook) => {
      const told = last.get(`${hook} ${fingerprint}`);
      if (isFiring && told !== 'firing') return [`${hook} does not know that alert ${number} fires`];
      if (!isFiring && told === 'firing' && hook !== NOT_TOLD_OF_ENDS)
        return [`${hook} does not know that alert ${number} ended`];
      return [];
    });
  });
}
