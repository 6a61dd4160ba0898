/** The data of a notification for `template render`: from JSON in the form of a webhook's payload, or an example. */
import { LabelSet } from '../domain/labels/index.js';
import type { GivenAlert, GivenData } from '../domain/template/index.js';
import { type Instant, MINUTE, Moment, duration, minus, parseMoment } from '../domain/time/index.js';
import { ToolError } from './tool-error.js';

/** Names of members are taken in any case, as Go does; what is not there is empty. */
export function parseTemplateData(text: string): GivenData {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ToolError(`the data is not JSON: ${(error as Error).message}`); // a SyntaxError
  }
  const data = new Members(json);
  return {
    receiver: data.text('receiver'),
    status: data.text('status'),
    alerts: data.list('alerts').map(readAlert),
    reason: data.text('notification_reason'),
    groupLabels: data.labels('groupLabels'),
    commonLabels: data.labels('commonLabels'),
    commonAnnotations: data.labels('commonAnnotations'),
    routeLabels: data.labels('routeLabels'),
    externalURL: data.text('externalURL'),
  };
}

function readAlert(json: unknown): GivenAlert {
  const alert = new Members(json);
  return {
    status: alert.text('status'),
    labels: alert.labels('labels'),
    annotations: alert.labels('annotations'),
    startsAt: alert.moment('startsAt'),
    endsAt: alert.moment('endsAt'),
    generatorURL: alert.text('generatorURL'),
    fingerprint: alert.text('fingerprint'),
  };
}

/** Members of one object, by name. */
class Members {
  readonly #byName: ReadonlyMap<string, unknown>;

  constructor(json: unknown) {
    if (typeof json !== 'object' || json === null || Array.isArray(json)) throw wrong('an object', json);
    this.#byName = new Map(Object.entries(json).map(([name, value]) => [name.toLowerCase(), value]));
  }

  get(name: string): unknown {
    return this.#byName.get(name.toLowerCase()) ?? undefined;
  }

  text(name: string): string {
    const value = this.get(name) ?? '';
    if (typeof value !== 'string') throw wrong(`a text in ${name}`, value);
    return value;
  }

  list(name: string): readonly unknown[] {
    const value = this.get(name) ?? [];
    if (!Array.isArray(value)) throw wrong(`a list in ${name}`, value);
    return value;
  }

  labels(name: string): LabelSet {
    const value = this.get(name) ?? {};
    if (typeof value !== 'object' || Array.isArray(value)) throw wrong(`an object in ${name}`, value);
    return LabelSet.from(
      Object.entries(value as object).map(([label, text]: [string, unknown]) => {
        if (typeof text !== 'string') throw wrong(`a text in ${name}.${label}`, text);
        return [label, text] as const;
      }),
    );
  }

  moment(name: string): Moment {
    const text = this.text(name);
    if (text === '') return Moment.ZERO;
    const parsed = parseMoment(text);
    if (!parsed.ok) throw new ToolError(parsed.issues[0]?.message ?? '');
    return parsed.value;
  }
}

const wrong = (wanted: string, json: unknown): ToolError =>
  new ToolError(
    `the data is not that of a notification: ${wanted} is wanted, not ${JSON.stringify(json)?.slice(0, 80)}`,
  );

/** One alert that fires and one that is over. */
export function exampleData(now: Instant): GivenData {
  const common = numbered('commonlabelkey', 'commonlabelvalue');
  const commonAnnotations = numbered('commonannotationkey', 'commonannotationvalue');
  const alert = (minutes: number): Pick<GivenAlert, 'startsAt' | 'endsAt' | 'generatorURL'> => ({
    startsAt: Moment.of(minus(now, duration(minutes * MINUTE))),
    endsAt: Moment.of(now),
    generatorURL: 'https://generatorurl.com',
  });
  return {
    receiver: 'receiver',
    status: 'alertstatus',
    reason: '',
    alerts: [
      {
        ...alert(5),
        status: 'firing',
        labels: LabelSet.fromObject({ ...common, label1: 'value1', label2: 'value2', instance: 'foo.bar:1234' }),
        annotations: LabelSet.fromObject({ ...commonAnnotations, annotation1: 'value1', annotation2: 'value2' }),
        fingerprint: 'fingerprint1',
      },
      {
        ...alert(10),
        status: 'resolved',
        labels: LabelSet.fromObject({ ...common, foo: 'bar', baz: 'qux' }),
        annotations: LabelSet.fromObject({ ...commonAnnotations, aaa: 'bbb', ccc: 'ddd' }),
        fingerprint: 'fingerprint2',
      },
    ],
    groupLabels: LabelSet.fromObject(numbered('grouplabelkey', 'grouplabelvalue')),
    commonLabels: LabelSet.fromObject(common),
    commonAnnotations: LabelSet.fromObject(commonAnnotations),
    routeLabels: LabelSet.EMPTY,
    externalURL: 'https://example.com',
  };
}

const numbered = (key: string, value: string): Record<string, string> => ({
  [`${key}1`]: `${value}1`,
  [`${key}2`]: `${value}2`,
});
