/** What tests say about alerts and configurations, with everything that they do not care about filled in. */
import { type Alert } from '../../src/domain/alert/index.js';
import { LabelSet } from '../../src/domain/labels/index.js';
import { type MatchOperator, type Matcher, createMatcher, parseMatchers } from '../../src/domain/matcher/index.js';
import {
  type Config,
  type ReceiverConfig,
  type RouteConfig,
  type Ruleset,
  compileRuleset,
} from '../../src/domain/ruleset/index.js';
import { compileTemplates } from '../../src/domain/template/index.js';
import type { SilenceDraft } from '../../src/domain/silence/index.js';
import { type Instant, MINUTE, Moment, SECOND, duration, instant, plus } from '../../src/domain/time/index.js';

export interface AlertWords {
  readonly annotations?: Readonly<Record<string, string>>;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
  readonly timeout?: boolean;
}

/** As it comes in at `now`: without an end it resolves by itself after five minutes. */
export function anAlert(labels: Readonly<Record<string, string>>, now: Instant, words: AlertWords = {}): Alert {
  return {
    labels: LabelSet.fromObject(labels),
    annotations: LabelSet.fromObject(words.annotations ?? {}),
    startsAt: Moment.of(words.startsAt ?? now),
    endsAt: Moment.of(words.endsAt ?? plus(now, duration(5 * MINUTE))),
    updatedAt: now,
    generatorURL: '',
    timeout: words.timeout ?? words.endsAt === undefined,
  };
}

/** Matchers in the words of a configuration: `{foo="bar", x=~"y|z"}`. */
export function matchersOf(text: string): readonly Matcher[] {
  if (text === '') return [];
  const parsed = parseMatchers(text, 'utf8');
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join());
  return parsed.value.matchers;
}

/** `a=1 b!=2`: a word each, with the value as it stands. */
export const plainMatchers = (text: string): readonly Matcher[] =>
  text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, name = '', operator = '', value = ''] = /^(\w+)(=~|!~|!=|=)(.*)$/.exec(word) ?? [];
      const created = createMatcher(operator as MatchOperator, name, value);
      if (!created.ok) throw new Error(word);
      return created.value;
    });

export interface RouteWords extends Partial<Omit<RouteConfig, 'matchers' | 'routes' | 'labels'>> {
  readonly matchers?: string;
  readonly routes?: readonly RouteWords[];
  readonly labels?: Readonly<Record<string, string>>;
}

export function aRoute({ matchers = '', routes = [], labels = {}, ...rest }: RouteWords): RouteConfig {
  return {
    receiver: undefined,
    groupBy: undefined,
    groupWait: undefined,
    groupInterval: undefined,
    repeatInterval: undefined,
    muteTimeIntervals: [],
    activeTimeIntervals: [],
    continue: false,
    ...rest,
    matchers: matchersOf(matchers),
    labels: LabelSet.fromObject(labels),
    routes: routes.map(aRoute),
  };
}

/** A receiver with one webhook for each element; false is one that does not want to hear of resolved alerts. */
export const aReceiver = (name: string, sendResolved: readonly boolean[] = [true]): ReceiverConfig => ({
  name,
  labels: LabelSet.fromObject({ name }),
  integrations: sendResolved.map((sendResolved, index) => ({ type: 'webhook', index, sendResolved, settings: {} })),
});

export interface ConfigWords extends Partial<Omit<Config, 'route' | 'receivers'>> {
  readonly route?: RouteWords;
  readonly receivers?: readonly ReceiverConfig[];
}

/** group_wait and group_interval 1 s, grouped by alertname, unless said otherwise. */
export function aConfig({ route = {}, receivers = [aReceiver('default')], ...rest }: ConfigWords = {}): Config {
  return {
    resolveTimeout: duration(5 * MINUTE),
    inhibitRules: [],
    timeIntervals: new Map(),
    templateFiles: [],
    ...rest,
    receivers,
    route: aRoute({
      receiver: receivers[0]?.name,
      groupBy: ['alertname'],
      groupWait: SECOND,
      groupInterval: SECOND,
      repeatInterval: duration(60 * MINUTE),
      ...route,
    }),
  };
}

/** Without template files. */
export function aRuleset(config: Config): Ruleset {
  const templates = compileTemplates([]);
  if (!templates.ok) throw new Error('no templates are no problem');
  return compileRuleset(config, templates.value);
}

export const aSilence = (matchers: string, startsAt: Instant, endsAt: Instant, id = ''): SilenceDraft => ({
  id,
  matcherSets: [matchersOf(matchers)],
  startsAt,
  endsAt,
  createdBy: 'tester',
  comment: 'test',
  annotations: {},
});

export const seconds = (count: number) => duration(count * SECOND);
export const secondsAfter = (start: Instant, count: number): Instant => instant(Math.round(start + count * SECOND));
