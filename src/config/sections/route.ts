/** `route`: one node of the tree as written. What is left out is inherited when the tree is compiled. */
import { LabelSet, type MatcherMode, isLabelName } from '../../domain/labels/index.js';
import { type Matcher, quoteGo } from '../../domain/matcher/index.js';
import type { RouteConfig } from '../../domain/ruleset/index.js';
import {
  type Field,
  type ObjectSchema,
  REFUSED,
  type Report,
  bool,
  entry,
  list,
  map,
  object,
  optionalList,
  promDuration,
  template,
  text,
} from '../schema/index.js';
import type { Duration } from '../../domain/time/index.js';
import { allMatchers, checkMatchNames, matchMap, matchRegexMap, matchers } from './matcher-fields.js';

/** What the YAML says; RouteConfig is what the rest of the program needs of it. */
export interface RouteSettings {
  readonly receiver: string | undefined;
  readonly groupBy: readonly string[] | undefined;
  readonly match: ReadonlyMap<string, string>;
  readonly matchRe: ReadonlyMap<string, string>;
  readonly matchers: readonly Matcher[];
  readonly muteTimeIntervals: readonly string[];
  readonly activeTimeIntervals: readonly string[];
  readonly continue: boolean;
  readonly routes: readonly (RouteSettings | undefined)[];
  readonly groupWait: Duration | undefined;
  readonly groupInterval: Duration | undefined;
  readonly repeatInterval: Duration | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

const ALL_LABELS = '...';

/** The schema of a route for one way of reading label names. */
export function routeSchema(mode: MatcherMode): ObjectSchema<RouteSettings> {
  const schema: ObjectSchema<RouteSettings> = object(
    'config.plain',
    {
      receiver: text({ help: 'Who is notified; inherited when unset.' }),
      group_by: optionalList(text({ default: '' }), { help: 'Labels that make a group; `...` for all of them.' }),
      match: matchMap({ deprecated: 'matchers', help: 'Label names and values.' }),
      match_re: matchRegexMap({ deprecated: 'matchers', help: 'Label names and regular expressions.' }),
      matchers: matchers({ help: 'Which alerts belong here.' }),
      mute_time_intervals: list(text({ default: '' }), { help: 'Named intervals in which nothing is sent.' }),
      active_time_intervals: list(text({ default: '' }), { help: 'Named intervals outside of which nothing is sent.' }),
      continue: bool({ default: false, alwaysPrinted: true, help: 'Look at the following siblings too.' }),
      routes: childRoutes(() => schema),
      group_wait: promDuration({ help: 'How long a new group waits for more alerts.' }),
      group_interval: promDuration({ help: 'How long a group waits between notifications of changes.' }),
      repeat_interval: promDuration({ help: 'When a notification is repeated while nothing changes.' }),
      labels: routeLabels,
    },
    { check: (route, report) => checkRoute(route, mode, report) },
  );
  return schema;
}

/** The schema refers to itself, hence the detour. */
function childRoutes(schema: () => ObjectSchema<RouteSettings>): Field<readonly (RouteSettings | undefined)[]> {
  const routes = (): Field<readonly (RouteSettings | undefined)[]> =>
    list(entry(schema()), { goType: '[]*config.Route' });
  return {
    kind: 'list',
    help: 'Finer routes, the first that matches wins.',
    initial: [],
    zero: [],
    decode: (node, path, decoder) => routes().decode(node, path, decoder),
    encode: (value) => (value.length === 0 ? undefined : routes().encode(value)),
  };
}

/** Names are checked as they are read, before the rules of the mode. */
const plainLabels = map(template({ default: '' }), { goType: 'model.LabelSet', help: 'Labels for the notification.' });
const routeLabels: Field<ReadonlyMap<string, string>> = {
  ...plainLabels,
  decode(node, path, decoder) {
    const labels = plainLabels.decode(node, path, decoder);
    if (labels === REFUSED) return REFUSED;
    for (const name of labels.keys()) {
      if (name !== '') continue;
      decoder.refuse('invalid-label', node.position, path, '"" is not a valid label name', 'give the label a name');
    }
    return labels;
  },
};

function checkRoute(route: RouteSettings, mode: MatcherMode, report: Report): void {
  checkMatchNames(report, 'match', route.match);
  for (const name of route.labels.keys()) {
    if (name === '' || isLabelName(name, mode)) continue;
    report('invalid-label', 'labels', `invalid label name ${quoteGo(name)} in route labels`);
  }
  checkGroupBy(route.groupBy ?? [], mode, report);
  if (route.groupInterval === 0)
    report('invalid-value', 'group_interval', 'group_interval cannot be zero', 'for example 5m');
  if (route.repeatInterval === 0)
    report('invalid-value', 'repeat_interval', 'repeat_interval cannot be zero', 'for example 4h');
}

function checkGroupBy(groupBy: readonly string[], mode: MatcherMode, report: Report): void {
  const names = groupBy.filter((name) => name !== ALL_LABELS);
  for (const name of names) {
    if (!isLabelName(name, mode))
      report('invalid-label', 'group_by', `invalid label name ${quoteGo(name)} in group_by list`);
  }
  if (names.length > 0 && names.length < groupBy.length) {
    const message = 'cannot have wildcard group_by (`...`) and other labels at the same time';
    report('conflicting-values', 'group_by', message, "keep ['...'] or the labels");
  }
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  for (const name of repeated) report('duplicate-name', 'group_by', `duplicated label ${quoteGo(name)} in group_by`);
}

export function toRouteConfig(route: RouteSettings): RouteConfig {
  const { groupBy } = route;
  return {
    receiver: route.receiver,
    groupBy: groupBy?.includes(ALL_LABELS) ? ALL_LABELS : groupBy,
    groupWait: route.groupWait,
    groupInterval: route.groupInterval,
    repeatInterval: route.repeatInterval,
    matchers: allMatchers(route.match, route.matchRe, route.matchers),
    muteTimeIntervals: route.muteTimeIntervals,
    activeTimeIntervals: route.activeTimeIntervals,
    continue: route.continue,
    labels: LabelSet.from(route.labels),
    routes: route.routes.flatMap((child) => (child ? [toRouteConfig(child)] : [])),
  };
}
