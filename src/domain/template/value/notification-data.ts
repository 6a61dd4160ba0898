/** What templates see of a notification: Alertmanager's Data and Alert, built once and shared by all fields. */
import type { Alert } from '../../alert/index.js';
import { isResolved } from '../../alert/index.js';
import { LabelSet } from '../../labels/index.js';
import type { Notification } from '../../notify/index.js';
import { GoTime } from '../time/go-time.js';
import { timeOfMoment } from '../time/moment-time.js';
import { KV } from './kv.js';
import { type GoMethod, type GoType, field, hidden, structType } from './types.js';
import { GoSlice, GoStruct, type Value } from './values.js';

const ALERT = structType(
  'template.Alert',
  ['Status', 'Labels', 'Annotations', 'StartsAt', 'EndsAt', 'GeneratorURL', 'Fingerprint'].map(field),
);

const ALERTS_METHODS = new Map<string, GoMethod>();

const ALERTS: GoType = {
  name: 'template.Alerts',
  kind: 'slice',
  shape: '[]template.Alert',
  named: true,
  elem: ALERT,
  methods: ALERTS_METHODS,
  comparable: false,
};

/** What `.Firing` gives: a plain list, without the methods. */
const ALERT_LIST: GoType = {
  name: '[]template.Alert',
  kind: 'slice',
  shape: '[]template.Alert',
  named: false,
  elem: ALERT,
  comparable: false,
};

const DATA_FIELDS = [
  'Receiver',
  'Status',
  'Alerts',
  'NotificationReason',
  'GroupLabels',
  'CommonLabels',
  'CommonAnnotations',
  'RouteLabels',
  'ExternalURL',
] as const;

const DATA = structType('template.Data', [...DATA_FIELDS.map(field), hidden('routeLabelsRendered')]);
export const DATA_POINTER: GoType = {
  name: '*template.Data',
  kind: 'ptr',
  shape: '*template.Data',
  named: false,
  elem: DATA,
  comparable: true,
};

export class AlertValue extends GoStruct {
  readonly type = ALERT;
  readonly status: 'firing' | 'resolved';
  #labels: KV | undefined;
  #annotations: KV | undefined;
  #startsAt: GoTime | undefined;
  #endsAt: GoTime | undefined;

  constructor(
    readonly alert: Alert,
    resolved: boolean,
  ) {
    super();
    this.status = resolved ? 'resolved' : 'firing';
  }

  at(index: number): Value {
    switch (index) {
      case 0:
        return this.status;
      case 1:
        return (this.#labels ??= new KV(this.alert.labels));
      case 2:
        return (this.#annotations ??= new KV(this.alert.annotations));
      case 3:
        return (this.#startsAt ??= timeOfMoment(this.alert.startsAt));
      case 4:
        return (this.#endsAt ??= this.status === 'firing' ? GoTime.ZERO : timeOfMoment(this.alert.endsAt));
      case 5:
        return this.alert.generatorURL;
      default:
        return this.alert.labels.fingerprint;
    }
  }
}

/** The lists of firing and of resolved alerts are asked for in every second action of a template. */
export class AlertsValue extends GoSlice {
  readonly #byStatus = new Map<string, GoSlice>();

  constructor(readonly alerts: readonly AlertValue[]) {
    super(ALERTS, alerts);
  }

  withStatus(status: 'firing' | 'resolved'): GoSlice {
    const known = this.#byStatus.get(status);
    if (known) return known;
    const list = new GoSlice(
      ALERT_LIST,
      this.alerts.filter((alert) => alert.status === status),
    );
    this.#byStatus.set(status, list);
    return list;
  }
}

ALERTS_METHODS.set('Firing', { params: [], call: (alerts) => withStatus(alerts as GoSlice, 'firing') }); // methods of ALERTS
ALERTS_METHODS.set('Resolved', { params: [], call: (alerts) => withStatus(alerts as GoSlice, 'resolved') });

/** `slice .Alerts 0 1` is of the same type but made elsewhere. */
const withStatus = (alerts: GoSlice, status: 'firing' | 'resolved'): GoSlice =>
  (alerts instanceof AlertsValue ? alerts : new AlertsValue(alerts.items as readonly AlertValue[])).withStatus(status);

export class DataValue extends GoStruct {
  readonly type = DATA;
  readonly #values: readonly Value[];

  constructor(
    readonly notification: Notification,
    readonly routeLabels: LabelSet,
    /** Raw route labels are templates; in a notification they are rendered already. */
    readonly routeLabelsRendered: boolean,
  ) {
    super();
    const alerts = notification.alerts.map((alert) => new AlertValue(alert, isResolved(alert, notification.flushedAt)));
    const firing = alerts.some(({ status }) => status === 'firing');
    this.#values = [
      quoteRegex(notification.receiver),
      firing ? 'firing' : 'resolved',
      new AlertsValue(alerts),
      notification.reason,
      new KV(notification.groupLabels),
      new KV(common(notification.alerts, (alert) => alert.labels)),
      new KV(common(notification.alerts, (alert) => alert.annotations)),
      new KV(routeLabels),
      notification.externalURL,
      routeLabelsRendered,
    ];
  }

  at(index: number): Value {
    return this.#values[index];
  }
}

/** A receiver's name as a regular expression that matches it, which is what Alertmanager shows. */
const quoteRegex = (text: string): string => text.replace(/[\\.+*?()|[\]{}^$]/g, '\\$&');

/** Pairs that all alerts share. */
function common(alerts: readonly Alert[], of: (alert: Alert) => LabelSet): LabelSet {
  const [first, ...rest] = alerts;
  if (!first) return LabelSet.EMPTY;
  if (rest.length === 0) return of(first);
  return of(first).filter((name, value) => rest.every((alert) => of(alert).get(name) === value && of(alert).has(name)));
}
