import type { Matcher } from '../../domain/matcher/index.js';
import { type Silence, type SilenceState, silenceState } from '../../domain/silence/index.js';
import { type Instant, duration, formatApiTime, plus } from '../../domain/time/index.js';
import { innerText } from './answers.js';

/** A silence as the API writes it. */
export function silenceJson(silence: Silence, now: Instant): string {
  const { id, updatedAt, comment, createdBy, endsAt, startsAt, matcherSets } = silence;
  const matchers = (matcherSets[0] ?? []).map(matcherJson).join(',');
  return (
    `{"id":${innerText(id)},"status":{"state":"${shownState(silence, now)}"},"updatedAt":"${formatApiTime(updatedAt)}"` +
    `${annotationsJson(silence.annotations)},"comment":${innerText(comment)},"createdBy":${innerText(createdBy)},` +
    `"endsAt":"${formatApiTime(endsAt)}","matchers":[${matchers}],"startsAt":"${formatApiTime(startsAt)}"}`
  );
}

/**
 * A silence mutes at the very instant of its end but is shown as expired then, so lists judge by the next one. An instant is
 * a double: this is the smallest step that today's dates can hold twice over.
 */
export const shownAt = (now: Instant): Instant => plus(now, duration(0.0005));

export const shownState = (silence: Silence, now: Instant): SilenceState =>
  now < silence.startsAt ? 'pending' : silenceState(silence, shownAt(now));

const matcherJson = ({ name, operator, value }: Matcher): string =>
  `{"isEqual":${operator === '=' || operator === '=~'},"isRegex":${operator.endsWith('~')},` +
  `"name":${innerText(name)},"value":${innerText(value)}}`;

function annotationsJson(annotations: Silence['annotations']): string {
  const names = Object.keys(annotations).sort();
  if (names.length === 0) return '';
  const pairs = names.map((name) => `${innerText(name)}:${innerText(annotations[name] as string)}`);
  return `,"annotations":{${pairs.join(',')}}`;
}

/** Alertmanager's API cannot show a silence with several sets of matchers, and says so instead of listing any. */
export const severalSetsText = (id: string): string =>
  `silence '${id}' has multiple matcher sets which is not supported by this API version`;
