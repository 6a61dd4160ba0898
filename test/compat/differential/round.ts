/**
 * One random situation: a configuration, alerts, silences, and which of the alerts resolve later. Drawn from a small
 * vocabulary, so that matchers, groups, inhibition and silences meet often.
 */
import { Random } from './random.js';

export interface PostedAlert {
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
}

export interface PostedSilence {
  readonly matchers: readonly { name: string; value: string; isRegex: boolean; isEqual: boolean }[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly createdBy: string;
  readonly comment: string;
}

export interface Round {
  readonly seed: number;
  /** `SINK` stands for the URL of the collecting server. */
  readonly config: string;
  readonly alerts: readonly PostedAlert[];
  readonly silences: readonly PostedSilence[];
  /** Positions of the alerts that resolve in the second half. */
  readonly resolving: readonly number[];
}

export interface DrawOptions {
  /** Whether what 0.25 does otherwise may be drawn: a cut list of alerts (which shows its order), an empty group_by. */
  readonly newer: boolean;
}

export const GROUP_WAIT_MS = 200;
export const GROUP_INTERVAL_MS = 1_000;

const VOCABULARY: Readonly<Record<string, readonly string[]>> = {
  alertname: ['Disk', 'Cpu', 'Down', 'Latency "p99"', 'größe'],
  env: ['prod', 'dev', 'test'],
  team: ['a', 'b', 'c'],
  severity: ['critical', 'warning', 'info'],
  instance: ['i1:9100', 'i2:9100', 'i3\\x', 'i4\nline'],
  job: ['node', 'batch'],
};
const NAMES = Object.keys(VOCABULARY);
const OPERATORS = ['=', '=', '=', '!=', '=~', '=~', '!~'] as const;
const RECEIVERS = ['r0', 'r1', 'team.x', 'r3'];

/**
 * `now` is when the alerts start: an alert older than group_wait is sent at once, perhaps before its neighbours are there,
 * which no two runs do alike.
 */
export function drawRound(seed: number, now: Date, options: DrawOptions): Round {
  const random = new Random(seed);
  const alerts = drawAlerts(random, seed, now);
  return {
    seed,
    config: drawConfig(random, seed, options),
    alerts,
    silences: random.times(random.below(4), () => drawSilence(random, seed)),
    resolving: alerts
      .map((_, index) => index)
      .filter((index) => random.chance(0.4) && !(options.newer && alerts[index]?.labels['severity'] === 'critical')),
  };
}

function drawAlerts(random: Random, seed: number, now: Date): PostedAlert[] {
  const unique = new Map<string, PostedAlert>();
  for (let count = 1 + random.below(14); count > 0; count--) {
    const labels: Record<string, string> = { round: String(seed) };
    for (const name of NAMES)
      if (name === 'alertname' || random.chance(0.75)) labels[name] = random.pick(VOCABULARY[name] ?? []);
    unique.set(JSON.stringify(labels), {
      labels,
      annotations: random.chance(0.7) ? { summary: `on ${labels['instance'] ?? '?'} <&>`, runbook: 'http://rb/x' } : {},
      startsAt: random.pick(startTexts(now)),
      endsAt: '2099-01-01T00:00:00Z',
      generatorURL: random.chance(0.5) ? 'http://prom/graph?g0.expr=up%7B%7D&t=1' : '',
    });
  }
  return [...unique.values()];
}

/** One instant as senders may write it: milliseconds, nanoseconds, another zone. */
function startTexts(now: Date): string[] {
  const utc = now.toISOString();
  const zoned = new Date(now.getTime() + 2 * 3_600_000).toISOString().replace('Z', '+02:00');
  return [utc, utc.replace('Z', '901234Z'), zoned];
}

interface Drawn {
  readonly name: string;
  readonly operator: string;
  readonly value: string;
}

function drawMatcher(random: Random): Drawn {
  const name = random.pick(NAMES);
  const operator = random.pick(OPERATORS);
  const values = VOCABULARY[name] ?? [];
  if (!operator.endsWith('~')) return { name, operator, value: random.chance(0.1) ? '' : random.pick(values) };
  const escaped = (): string =>
    random
      .pick(values)
      .replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
      .replace('\n', '\\n');
  return {
    name,
    operator,
    value: random.pick([
      `${escaped()}|${escaped()}`,
      '.+',
      '.*',
      `${escaped().slice(0, 1)}.*`,
      '[a-c]|prod',
      `(?i)${escaped()}`,
    ]),
  };
}

const quoted = (text: string): string => `"${text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n')}"`;
/** As a single-quoted YAML scalar, which knows no escapes but the doubled quote. */
const yaml = (text: string): string => `'${text.replace(/'/g, "''")}'`;
const asText = ({ name, operator, value }: Drawn): string => yaml(`${name}${operator}${quoted(value)}`);
const matcherList = (random: Random, most: number): string =>
  `[${random.times(1 + random.below(most), () => asText(drawMatcher(random))).join(', ')}]`;

/** The round's own route under the root gives it group keys of its own, apart from what earlier rounds left behind. */
function drawConfig(random: Random, seed: number, { newer }: DrawOptions): string {
  return [
    'route:',
    `  receiver: ${random.pick(RECEIVERS)}`,
    `  group_wait: ${GROUP_WAIT_MS}ms`,
    `  group_interval: ${GROUP_INTERVAL_MS}ms`,
    '  repeat_interval: 1h',
    ...groupBy(random, newer, '  '),
    '  routes:',
    `    - matchers: ['round="${seed}"']`,
    ...groupBy(random, newer, '      '),
    ...drawRoutes(random, newer, 2),
    'receivers:',
    ...RECEIVERS.flatMap((name) => [
      `  - name: ${name}`,
      '    webhook_configs:',
      ...random
        .times(1 + random.below(2), () => 0)
        .flatMap((_, index) => [
          `      - url: SINK/${name}/${index}`,
          `        send_resolved: ${random.chance(0.7)}`,
          `        max_alerts: ${newer ? random.pick([0, 0, 1, 3]) : 0}`,
        ]),
    ]),
    'inhibit_rules:',
    ...random.times(random.below(4), () => drawInhibitRule(random, newer)).flat(),
    '',
  ].join('\n');
}

function groupBy(random: Random, newer: boolean, indent: string): string[] {
  if (random.chance(0.3)) return [];
  if (random.chance(0.15)) return [`${indent}group_by: ['...']`];
  const names = random.some(NAMES, 0.3);
  return names.length > 0 || newer ? [`${indent}group_by: [${names.join(', ')}]`] : [];
}

function drawRoutes(random: Random, newer: boolean, depth: number): string[] {
  if (depth > 4 || random.chance(0.2)) return [];
  const indent = '  '.repeat(2 * depth - 1);
  return [
    `${indent}routes:`,
    ...random
      .times(1 + random.below(3), () => 0)
      .flatMap(() => [
        `${indent}  - matchers: ${random.chance(0.9) ? matcherList(random, 2) : '[]'}`,
        ...(random.chance(0.6) ? [`${indent}    receiver: ${random.pick(RECEIVERS)}`] : []),
        ...(random.chance(0.4) ? [`${indent}    continue: true`] : []),
        ...groupBy(random, newer, `${indent}    `),
        ...drawRoutes(random, newer, depth + 1),
      ]),
  ];
}

/**
 * 0.34 remembers one source for each rule and set of equal values, so that it forgets about others where a source is a target
 * too or resolves (docs/compat.md); beside it, such rules are not drawn.
 */
function drawInhibitRule(random: Random, newer: boolean): string[] {
  const side = (apart: string): string => (newer ? `[${yaml(apart)}]` : matcherList(random, 2));
  return [
    `  - source_matchers: ${side(SOURCE)}`,
    `    target_matchers: ${side(`severity!="critical"`)}`,
    `    equal: [${random
      .some(NAMES, 0.3)
      .filter((name) => !newer || name !== 'severity')
      .join(', ')}]`,
  ];
}

const SOURCE = 'severity="critical"';

function drawSilence(random: Random, seed: number): PostedSilence {
  const matchers = random
    .times(1 + random.below(2), () => drawMatcher(random))
    .map(({ name, operator, value }) => ({
      name,
      value,
      isRegex: operator.endsWith('~'),
      isEqual: operator.startsWith('='),
    }));
  return {
    // The round's own label keeps a silence from reaching into the next round.
    matchers: [...matchers, { name: 'round', value: String(seed), isRegex: false, isEqual: true }],
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2098-01-01T00:00:00Z',
    createdBy: 'differential',
    comment: `round ${seed}`,
  };
}
