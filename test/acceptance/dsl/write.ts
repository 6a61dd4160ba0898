import type {
  Action,
  Flags,
  Labels,
  PostedAlert,
  PostedSilence,
  Query,
  Scenario,
  SeenAlert,
  SeenGroup,
  Trait,
  Want,
  WantedAlert,
  WantedBatch,
  Window,
} from './scenario.js';

/** The words in which scenarios are written. What they make is plain data (scenario.ts). */
export class ScenarioWriter implements Scenario {
  readonly steps: { at: number; action: Action }[] = [];
  readonly wants: Want[] = [];
  readonly traits: Trait[] = [];
  config = '';
  flags: Flags = {};
  #until: number | undefined;

  constructor(readonly name: string) {}

  with(config: string): this {
    this.config = config;
    return this;
  }

  run(flags: Flags): this {
    this.flags = flags;
    return this;
  }

  only(...traits: readonly Trait[]): this {
    this.traits.push(...traits);
    return this;
  }

  at(at: number, ...actions: readonly Action[]): this {
    for (const action of actions) this.steps.push({ at, action });
    return this;
  }

  want(hook: string, window: Window, batch: WantedBatch | readonly WantedAlert[]): this {
    this.wants.push({ hook: hookName(hook), window, batch: 'alerts' in batch ? batch : { alerts: batch } });
    return this;
  }

  /** How long to watch. Without it: two seconds beyond the last step and window. */
  watchUntil(at: number): this {
    this.#until = at;
    return this;
  }

  get until(): number {
    const last = Math.max(0, ...this.steps.map(({ at }) => at), ...this.wants.map(({ window }) => window.to));
    return this.#until ?? last + 2;
  }
}

export const scenario = (name: string): ScenarioWriter => new ScenarioWriter(name);

/** The URL to write into a configuration. */
export const hook = (receiver = 'default', index = 0): string => `http://hook.invalid/${receiver}/${index}`;
export const HOOK_BASE = 'http://hook.invalid';

/** `default` is `default/0`. */
const hookName = (hook: string): string => (hook.includes('/') ? hook : `${hook}/0`);

/** Exactly then, as far as the runner's clock is exact. */
export const at = (from: number): Window => ({ from, to: from });
export const between = (from: number, to: number): Window => ({ from, to });

export const push = (...alerts: readonly PostedAlert[]): Action => ({ do: 'push', alerts });

/** `alert('Down', { zone: 'aa' })`: its labels, then what else there is to say. */
export const alert = (alertname: string, labels: Labels = {}, rest: Omit<PostedAlert, 'labels'> = {}): PostedAlert => ({
  labels: { alertname, ...labels },
  ...rest,
});

export const silence = (name: string, matchers: readonly string[], window: Window): Action => ({
  do: 'silence',
  silence: { name, matchers, startsAt: window.from, endsAt: window.to } satisfies PostedSilence,
});
export const expire = (silence: string): Action => ({ do: 'expire', silence });
export const reload = (config?: string): Action => ({ do: 'reload', ...(config === undefined ? {} : { config }) });
export const restart = (downFor = 0): Action => ({ do: 'restart', crash: false, downFor });
export const crash = (downFor = 0): Action => ({ do: 'restart', crash: true, downFor });

export const answer = (hook: string, status: number, after = 0): Action => ({
  do: 'answer',
  hook: hookName(hook),
  status,
  after,
});

export const see = (alerts: readonly SeenAlert[], query: Query = {}): Action => ({ do: 'see', alerts, query });
export const seeGroups = (...groups: readonly SeenGroup[]): Action => ({ do: 'see-groups', groups });

/** Times given to an alert that is only to be found by its labels do not count: say them in the third argument. */
const wanted =
  (status: 'firing' | 'resolved') =>
  (...alerts: readonly PostedAlert[]): readonly WantedAlert[] =>
    alerts.map((alert) => ({ status, ...alert }));
export const firing = wanted('firing');
export const resolved = wanted('resolved');
