/** The whole file as an object. What an integration is called and looks like comes with the registry. */
import type { MatcherMode } from '../domain/labels/index.js';
import { type GlobalConfig, globalSchema } from './global.js';
import type { ReceiverSchema } from './receiver-schema.js';
import {
  type Field,
  type ObjectSchema,
  type Report,
  camelCase,
  embedded,
  entry,
  list,
  map,
  nested,
  object,
  path,
  text,
} from './schema/index.js';
import { type EventRecorderConfig, eventRecorderSchema } from './sections/event-recorder.js';
import { type InhibitRuleSettings, inhibitRuleSchema } from './sections/inhibit-rule.js';
import { type RouteSettings, routeSchema } from './sections/route.js';
import { type NamedInterval, muteTimeIntervals, timeIntervals } from './sections/time-interval.js';
import { type TracingConfig, tracingSchema } from './sections/tracing.js';
import { quoteGo } from '../domain/matcher/index.js';

/** One kind of integration, as far as the configuration is concerned. */
export interface Integration {
  /** `webhook` */
  readonly type: string;
  /** `webhook_configs` */
  readonly yamlKey: string;
  readonly config: ReceiverSchema<unknown>;
}

/** All kinds, in the order in which Alertmanager builds the integrations of a receiver. */
export type Registry = readonly Integration[];

export interface RootSettings {
  readonly global: GlobalConfig | undefined;
  readonly route: RouteSettings | undefined;
  readonly inhibitRules: readonly InhibitRuleSettings[];
  readonly receivers: readonly ReceiverSettings[];
  readonly templates: readonly (string | undefined)[];
  readonly muteTimeIntervals: readonly NamedInterval[];
  readonly timeIntervals: readonly NamedInterval[];
  readonly tracing: TracingConfig | undefined;
  readonly eventRecorder: EventRecorderConfig;
}

/** The lists of integrations stand under the setting names that the registry gives them. */
export interface ReceiverSettings {
  readonly name: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly [integrations: string]: unknown;
}

/** The entries of one kind; an entry that is null in the file is undefined. */
export const entriesOf = (receiver: ReceiverSettings, { yamlKey }: Integration): readonly unknown[] =>
  receiver[camelCase(yamlKey)] as readonly unknown[];

export function rootSchema(mode: MatcherMode, registry: Registry): ObjectSchema<RootSettings> {
  return object('config.plain', {
    global: nested(globalSchema, { help: 'What the rest falls back to.' }),
    route: nested(routeSchema(mode), { required: true, help: 'The tree that decides who is notified.' }),
    inhibit_rules: list(embedded(inhibitRuleSchema(mode), { alwaysPrinted: true }), {
      goType: '[]common.InhibitRule',
      help: 'Which alerts mute which.',
    }),
    receivers: list(embedded(receiverSchema(registry), { alwaysPrinted: true }), {
      goType: '[]config.Receiver',
      help: 'Who can be notified.',
    }),
    templates: list(path({ relativeTo: 'config', help: 'File, or pattern for files.' }), {
      alwaysPrinted: true,
      help: 'Files with templates.',
    }),
    mute_time_intervals: muteTimeIntervals,
    time_intervals: timeIntervals,
    tracing: nested(tracingSchema, { help: 'Traces of the program itself.' }),
    event_recorder: embedded(eventRecorderSchema, { help: 'Where events are written.' }),
  });
}

export function receiverSchema(registry: Registry): ObjectSchema<ReceiverSettings> {
  const printed = [...registry].sort((a, b) => a.config.order.printed - b.config.order.printed);
  const lists = printed.map(({ type, yamlKey, config }): [string, Field] => [
    yamlKey,
    list(entry(config), { goType: config.listName, help: `Integrations of type ${type}.` }),
  ]);
  const fields = {
    name: text({ default: '', required: true, alwaysPrinted: true, help: 'Name that routes refer to.' }),
    labels: map(text({ default: '' }), { help: 'Labels for filtering in the API.' }),
    ...Object.fromEntries(lists),
  };
  // The keys of the lists are known at run time only, which is what the index signature says.
  return object('config.plain', fields, { check: checkReceiver }) as unknown as ObjectSchema<ReceiverSettings>;
}

/** Every receiver carries its name as a label. */
function checkReceiver<T extends { readonly name: string; readonly labels: ReadonlyMap<string, string> }>(
  receiver: T,
  report: Report,
): T {
  const { name, labels } = receiver;
  if (name === '') report('missing-value', undefined, 'missing name in receiver', 'add name');
  const own = labels.get('name');
  if (own !== undefined && own !== name) {
    const message = `receiver label "name" must match receiver name ${quoteGo(name)}, got ${quoteGo(own)}`;
    report('conflicting-values', 'labels', message, 'leave the label out, it is always added');
  }
  return { ...receiver, labels: new Map([...labels, ['name', name]]) };
}
