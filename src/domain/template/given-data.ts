/**
 * Data that somebody wrote down, to try a template with: shown as given, even where a notification would compute it.
 */
import type { LabelSet } from '../labels/index.js';
import { type Moment, ZERO_INSTANT } from '../time/index.js';
import type { RenderData, TemplateData } from './template-data.js';
import { timeOfMoment } from './time/moment-time.js';
import { KV } from './value/kv.js';
import { AlertValue, AlertsValue, DATA_POINTER } from './value/notification-data.js';
import type { GoType } from './value/types.js';
import { GoPointer, GoStruct, type Value } from './value/values.js';

export interface GivenAlert {
  readonly status: string;
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: Moment;
  readonly endsAt: Moment;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

export interface GivenData {
  readonly receiver: string;
  readonly status: string;
  readonly alerts: readonly GivenAlert[];
  readonly reason: string;
  readonly groupLabels: LabelSet;
  readonly commonLabels: LabelSet;
  readonly commonAnnotations: LabelSet;
  readonly routeLabels: LabelSet;
  readonly externalURL: string;
}

export function givenTemplateData(given: GivenData): TemplateData {
  const data: RenderData = {
    root: new GoPointer(DATA_POINTER, new GivenDataValue(given)),
    routeLabel: (name) => given.routeLabels.get(name),
  };
  return data as unknown as TemplateData; // the brand has no value
}

class GivenDataValue extends GoStruct {
  readonly type = DATA_POINTER.elem as GoType; // a pointer's type has one that it points to
  readonly #values: readonly Value[];

  constructor(given: GivenData) {
    super();
    this.#values = [
      given.receiver,
      given.status,
      new AlertsValue(given.alerts.map((alert) => new GivenAlertValue(alert))),
      given.reason,
      new KV(given.groupLabels),
      new KV(given.commonLabels),
      new KV(given.commonAnnotations),
      new KV(given.routeLabels),
      given.externalURL,
      true,
    ];
  }

  at(index: number): Value {
    return this.#values[index];
  }
}

/** Neither its status nor its fingerprint need follow from the rest. */
class GivenAlertValue extends AlertValue {
  constructor(private readonly given: GivenAlert) {
    super({ ...given, updatedAt: ZERO_INSTANT, timeout: false }, given.status === 'resolved');
  }

  override at(index: number): Value {
    switch (index) {
      case 0:
        return this.given.status;
      case 4:
        return timeOfMoment(this.given.endsAt);
      case 6:
        return this.given.fingerprint;
      default:
        return super.at(index);
    }
  }
}
