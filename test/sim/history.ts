/** Random histories: what senders, operators and fate do to a router, as data, so that a failing one can be cut short. */
export type Deed =
  | { readonly do: 'fire'; readonly alert: number; readonly forMs: number }
  | { readonly do: 'resolve'; readonly alert: number }
  | { readonly do: 'silence'; readonly alertname: string; readonly inMs: number; readonly forMs: number }
  | { readonly do: 'expire'; readonly silence: number }
  | { readonly do: 'reload'; readonly config: number }
  | { readonly do: 'crash'; readonly downMs: number }
  | { readonly do: 'restart'; readonly downMs: number }
  | { readonly do: 'answer'; readonly hook: number; readonly status: number; readonly afterMs: number };

export interface Happening {
  /** Since the one before. */
  readonly afterMs: number;
  readonly deed: Deed;
}

export type Random = () => number;

/** mulberry32: small, fast, and the same everywhere. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const ALERTNAMES = ['Down', 'Slow', 'Full'] as const;
export const ZONES = ['a', 'b'] as const;
export const ALERT_COUNT = ALERTNAMES.length * ZONES.length * 2;

export function labelsOf(alert: number): Record<string, string> {
  return {
    alertname: ALERTNAMES[alert % ALERTNAMES.length] as string,
    zone: ZONES[Math.floor(alert / ALERTNAMES.length) % ZONES.length] as string,
    instance: `i${Math.floor(alert / (ALERTNAMES.length * ZONES.length))}`,
  };
}

export const CONFIG_COUNT = 4;
export const HOOKS = ['default/0', 'a/0', 'a/1'] as const;

export function randomHistory(seed: number): readonly Happening[] {
  const random = randomFrom(seed);
  const below = (bound: number): number => Math.floor(random() * bound);
  const length = 10 + below(40);
  return Array.from({ length }, () => ({
    afterMs: random() < 0.3 ? 0 : below(6_000),
    deed: randomDeed(random, below),
  }));
}

function randomDeed(random: Random, below: (bound: number) => number): Deed {
  const dice = random();
  if (dice < 0.42) return { do: 'fire', alert: below(ALERT_COUNT), forMs: 4_000 + below(40_000) };
  if (dice < 0.62) return { do: 'resolve', alert: below(ALERT_COUNT) };
  if (dice < 0.72)
    return {
      do: 'silence',
      alertname: ALERTNAMES[below(ALERTNAMES.length)] as string,
      inMs: random() < 0.5 ? 0 : below(10_000),
      forMs: 1_000 + below(30_000),
    };
  if (dice < 0.76) return { do: 'expire', silence: below(8) };
  if (dice < 0.82) return { do: 'reload', config: below(CONFIG_COUNT) };
  if (dice < 0.87) return { do: 'crash', downMs: random() < 0.5 ? 0 : below(30_000) };
  if (dice < 0.9) return { do: 'restart', downMs: below(10_000) };
  const isFine = random() < 0.5;
  return {
    do: 'answer',
    hook: below(HOOKS.length),
    status: isFine ? 200 : random() < 0.5 ? 503 : 400,
    afterMs: random() < 0.5 ? 0 : below(8_000),
  };
}

/** The shortest history found that still fails: pieces are left out as long as it goes on failing. */
export async function shorten(
  history: readonly Happening[],
  fails: (history: readonly Happening[]) => Promise<boolean>,
): Promise<readonly Happening[]> {
  let shortest = history;
  for (let size = Math.ceil(shortest.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < shortest.length;) {
      const candidate = [...shortest.slice(0, from), ...shortest.slice(from + size)];
      if (await fails(candidate)) shortest = candidate;
      else from += size;
    }
  return shortest;
}
