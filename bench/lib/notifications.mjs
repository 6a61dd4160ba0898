/** A notification of the compiled program about posted alerts, for what is measured without a router. */
export const NOW = 1_800_000_000_000;

const dist = (path) => import(new URL(`../../dist/${path}`, import.meta.url));
const { LabelSet } = await dist('domain/labels/index.js');
const { Moment } = await dist('domain/time/index.js');

const asAlert = ({ labels, annotations, generatorURL }) => ({
  labels: LabelSet.fromObject(labels),
  annotations: LabelSet.fromObject(annotations),
  startsAt: Moment.of(NOW),
  endsAt: Moment.ZERO,
  updatedAt: NOW,
  generatorURL,
  timeout: false,
});

export const notificationOf = (posted) => ({
  receiver: 'team-a',
  groupKey: '{}:{namespace="a"}',
  groupLabels: LabelSet.fromObject({ namespace: 'a' }),
  routeLabels: LabelSet.EMPTY,
  reason: 'first notification',
  alerts: posted.map(asAlert),
  flushedAt: NOW,
  externalURL: 'http://am.example:9093',
  data: {},
});
