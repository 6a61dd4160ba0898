import type { PostedAlert } from '../../domain/alert/index.js';
import { LabelSet } from '../../domain/labels/index.js';
import { quoteGo } from '../../domain/matcher/index.js';
import type { Moment } from '../../domain/time/index.js';
import { type Refusal, refusal } from './answers.js';
import { foldName, isObject, wrongField, wrongValue } from './go-kinds.js';
import { readLabels } from './label-reader.js';
import { readMoment } from './moment-reader.js';
import { isRequestUri } from './request-uri.js';

/**
 * The body of POST /api/v2/alerts, checked by hand.
 *
 * Decoding comes before the schema, over the whole list: an alert that does not decode is told (400) even when an earlier one
 * breaks the schema (422). Of each only the first fault counts. Facts: reference "HTTP interface", sections 2.3, 3, 7.4.
 */
export class AlertReader {
  /** Empty when there is a fault: then nobody needs them. */
  alerts: PostedAlert[] = [];
  #count = 0;
  #schemaFault: Refusal | undefined;
  #decodeFault: Refusal | undefined;

  read(values: readonly unknown[]): void {
    for (const value of values) {
      if (this.isDone) return;
      this.#readOne(value);
    }
  }

  /** Nothing that follows can change the answer. */
  get isDone(): boolean {
    return this.#decodeFault !== undefined;
  }

  get fault(): Refusal | undefined {
    return this.#decodeFault ?? this.#schemaFault;
  }

  #readOne(value: unknown): void {
    const index = this.#count++;
    const fields = readFields(value);
    if (fields.fault !== undefined) this.#decodeFault = undecodable(fields.fault);
    else if (index >= MOST_ALERTS) this.#decodeFault = TOO_MANY;
    else this.#schemaFault ??= schemaFault(fields, index);
    if (this.fault) this.alerts = [];
    else this.alerts.push(fields.alert);
  }
}

/** In one request. Each is an entry in memory for as long as it lives; Prometheus sends a few hundred at a time. */
const MOST_ALERTS = 250_000;

export const undecodable = (reason: string): Refusal =>
  refusal(400, `parsing alerts body from "" failed, because ${reason}`);
export const ALERTS_REQUIRED = refusal(422, 'alerts in body is required', 602);
const TOO_MANY = refusal(413, `more than the limit of ${MOST_ALERTS} alerts in one request`);
export const notAList = (value: unknown): Refusal => undecodable(wrongValue(value, 'models.PostableAlerts'));

interface Fields {
  readonly alert: PostedAlert;
  readonly isNull: boolean;
  readonly hasLabels: boolean;
  readonly fault: string | undefined;
}

function schemaFault({ alert, isNull, hasLabels }: Fields, index: number): Refusal | undefined {
  if (isNull) return refusal(422, `${index} in body is required`, 602);
  const url = alert.generatorURL;
  if (url !== '' && !isRequestUri(url))
    return refusal(422, `${index}.generatorURL in body must be of type uri: ${quoteGo(url)}`, 601);
  return hasLabels ? undefined : refusal(422, `${index}.labels in body is required`, 602);
}

/** How the decoder names the kind of the first of its two passes over an alert. */
const FIRST_PASS =
  'struct { Annotations models.LabelSet "json:\\"annotations,omitempty\\""; ' +
  'EndsAt strfmt.DateTime "json:\\"endsAt,omitempty\\""; StartsAt strfmt.DateTime "json:\\"startsAt,omitempty\\"" }';

function readFields(value: unknown): Fields {
  if (!isObject(value)) {
    const fault = value === null ? undefined : wrongValue(value, FIRST_PASS);
    return { alert: EMPTY, isNull: value === null, hasLabels: false, fault };
  }
  const reading = new Reading();
  for (const name of Object.keys(value)) reading.take(name, value[name]);
  return reading.result();
}

/** One alert's members in the order in which they stand; of two with the same name the later counts. */
class Reading {
  #labels: LabelSet | undefined;
  #annotations: LabelSet | undefined;
  #startsAt: Moment | undefined;
  #endsAt: Moment | undefined;
  #generatorURL = '';
  #firstPass: string | undefined;
  #secondPass: string | undefined;

  take(name: string, value: unknown): void {
    switch (name) {
      case 'labels':
        this.#labels = this.#takeLabels('Alert.labels', value, this.#labels);
        return;
      case 'annotations':
        this.#annotations = this.#takeLabels('.annotations', value, this.#annotations);
        return;
      case 'startsAt':
        this.#startsAt = this.#takeTime('.startsAt', value, this.#startsAt);
        return;
      case 'endsAt':
        this.#endsAt = this.#takeTime('.endsAt', value, this.#endsAt);
        return;
      case 'generatorURL':
        this.#takeUrl(value);
        return;
      default: {
        const known = MEMBERS.get(foldName(name));
        if (known !== undefined) this.take(known, value);
      }
    }
  }

  result(): Fields {
    return {
      alert: {
        labels: this.#labels ?? EMPTY.labels,
        annotations: this.#annotations ?? EMPTY.annotations,
        startsAt: this.#startsAt,
        endsAt: this.#endsAt,
        generatorURL: this.#generatorURL,
      },
      isNull: false,
      hasLabels: this.#labels !== undefined,
      fault: this.#firstPass ?? this.#secondPass,
    };
  }

  #takeLabels(field: string, value: unknown, before: LabelSet | undefined): LabelSet | undefined {
    if (value === null) return undefined;
    if (!isObject(value)) {
      this.#fail(field, wrongField(value, field, 'models.LabelSet'));
      return before;
    }
    return readLabels(value, before, (wrong) => this.#fail(field, wrongField(wrong, field, 'string')));
  }

  #takeTime(field: string, value: unknown, before: Moment | undefined): Moment | undefined {
    if (value === null) return before;
    if (typeof value !== 'string') {
      this.#fail(field, wrongField(value, field, 'string'));
      return before;
    }
    const parsed = readMoment(value);
    if (typeof parsed === 'string') this.#fail(field, parsed);
    return typeof parsed === 'string' ? before : parsed;
  }

  #takeUrl(value: unknown): void {
    if (value === null) return;
    if (typeof value === 'string') this.#generatorURL = value.toWellFormed();
    else this.#fail('Alert.generatorURL', wrongField(value, 'Alert.generatorURL', 'string'));
  }

  #fail(field: string, fault: string): void {
    if (field.startsWith('.')) this.#firstPass ??= fault;
    else this.#secondPass ??= fault;
  }
}

const EMPTY: PostedAlert = {
  labels: LabelSet.EMPTY,
  annotations: LabelSet.EMPTY,
  startsAt: undefined,
  endsAt: undefined,
  generatorURL: '',
};

const MEMBERS: ReadonlyMap<string, string> = new Map(
  ['labels', 'annotations', 'startsAt', 'endsAt', 'generatorURL'].map((name) => [foldName(name), name]),
);
