import type { Matcher } from '../../domain/matcher/index.js';
import type { Silence, SilenceState } from '../../domain/silence/index.js';
import { type Instant, formatApiTime } from '../../domain/time/index.js';
import { jsonText } from './answers.js';

/** A silence as the API writes it, and the order in which it lists them. */
export function silenceJson(silence: Silence, now: Instant): string {
  const { id, updatedAt, comment, createdBy, endsAt, startsAt, matcherSets } = silence;
  const matchers = (matcherSets[0] ?? []).map(matcherJson).join(',');
  return (
    `{"id":${jsonText(id)},"status":{"state":"${shownState(silence, now)}"},"updatedAt":"${formatApiTime(updatedAt)}"` +
    `${annotationsJson(silence.annotations)},"comment":${jsonText(comment)},"createdBy":${jsonText(createdBy)},` +
    `"endsAt":"${formatApiTime(endsAt)}","matchers":[${matchers}],"startsAt":"${formatApiTime(startsAt)}"}`
  );
}

/** Unlike in matching, a silence that ends now is shown as expired. */
export function shownState({ startsAt, endsAt }: Silence, now: Instant): SilenceState {
  if (now < startsAt) return 'pending';
  return now < endsAt ? 'active' : 'expired';
}

const matcherJson = ({ name, operator, value }: Matcher): string =>
  `{"isEqual":${operator === '=' || operator === '=~'},"isRegex":${operator.endsWith('~')},` +
  `"name":${jsonText(name)},"value":${jsonText(value)}}`;

function annotationsJson(annotations: Silence['annotations']): string {
  const names = Object.keys(annotations).sort();
  if (names.length === 0) return '';
  const pairs = names.map((name) => `${jsonText(name)}:${jsonText(annotations[name] as string)}`);
  return `,"annotations":{${pairs.join(',')}}`;
}

const RANK: Readonly<Record<SilenceState, number>> = { active: 1, pending: 2, expired: 3 };

/** Active ones by what ends first, pending ones by what starts first, expired ones by what ended last. */
export function orderSilences(silences: readonly Silence[], now: Instant): Silence[] {
  const states = new Map(silences.map((silence) => [silence, shownState(silence, now)]));
  return [...silences].sort((a, b) => {
    const state = states.get(a) as SilenceState;
    const byState = RANK[state] - RANK[states.get(b) as SilenceState];
    if (byState !== 0) return byState;
    if (state === 'pending') return a.startsAt - b.startsAt;
    return state === 'active' ? a.endsAt - b.endsAt : b.endsAt - a.endsAt;
  });
}

/** Alertmanager's API cannot show a silence with several sets of matchers, and says so instead of listing any. */
export const severalSetsText = (id: string): string =>
  `silence '${id}' has multiple matcher sets which is not supported by this API version`;
