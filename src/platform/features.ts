import type { MatcherMode } from '../domain/labels/index.js';

/** What `--enable-feature` switches, under Alertmanager's names. */
export const FEATURES = [
  'alert-names-in-metrics',
  'receiver-name-in-metrics',
  'group-key-in-metrics',
  'classic-mode',
  'utf8-strict-mode',
  'auto-gomemlimit',
  'event-recorder',
] as const;

export type Feature = (typeof FEATURES)[number];

export interface Features {
  readonly enabled: ReadonlySet<Feature>;
  readonly matcherMode: MatcherMode;
}

/** Throws with Alertmanager's words for a name that does not exist or two that exclude each other. */
export function parseFeatures(list: string): Features {
  const enabled = new Set<Feature>();
  for (const name of list.split(',').filter((part) => part !== '')) {
    const feature = FEATURES.find((known) => known === name);
    if (feature === undefined) throw new Error(`unknown option '${name}' for --enable-feature`);
    enabled.add(feature);
  }
  if (enabled.has('classic-mode') && enabled.has('utf8-strict-mode'))
    throw new Error('cannot have both classic and UTF-8 modes enabled');
  return { enabled, matcherMode: matcherModeOf(enabled) };
}

function matcherModeOf(enabled: ReadonlySet<Feature>): MatcherMode {
  if (enabled.has('classic-mode')) return 'classic';
  return enabled.has('utf8-strict-mode') ? 'utf8' : 'fallback';
}
