/** The order of tables; JSON keeps the router's. */
import type { ApiAlert, ApiMatcher, ApiSilence } from '../client/models.js';
import type { Matcher } from '../../domain/matcher/index.js';

export const byStart = (alerts: readonly ApiAlert[]): readonly ApiAlert[] =>
  alerts.toSorted((a, b) => a.startsAt.at - b.startsAt.at);

export const byEnd = (silences: readonly ApiSilence[]): readonly ApiSilence[] =>
  silences.toSorted((a, b) => a.endsAt.at - b.endsAt.at);

/** Routers from before negative matchers say nothing about equality. */
export function matcherOf({
  name,
  value,
  isRegex,
  isEqual = true,
}: ApiMatcher): Pick<Matcher, 'name' | 'operator' | 'value'> {
  return { name, value, operator: isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=' };
}
