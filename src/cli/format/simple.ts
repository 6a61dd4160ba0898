import { formatMatcher } from '../../domain/matcher/index.js';
import { formatDate } from './date.js';
import type { Formatter } from './formatter.js';
import { byEnd, byStart, matcherOf } from './order.js';
import { alignTabs, formatTable } from './table.js';

/** What fits into a terminal. */
export const simpleFormatter = (dateFormat: string): Formatter => ({
  alerts: (alerts) =>
    formatTable([
      ['Alertname', 'Starts At', 'Summary', 'State'],
      ...byStart(alerts).map(({ labels, startsAt, annotations, state }) => [
        labels.get('alertname'),
        formatDate(startsAt, dateFormat),
        annotations.get('summary'),
        state,
      ]),
    ]),
  silences: (silences) =>
    formatTable([
      ['ID', 'Matchers', 'Ends At', 'Created By', 'Comment'],
      ...byEnd(silences).map(({ id, matchers, endsAt, createdBy, comment }) => [
        id,
        matchers.map((matcher) => formatMatcher(matcherOf(matcher))).join(' '),
        formatDate(endsAt, dateFormat),
        createdBy,
        comment,
      ]),
    ]),
  config: ({ original }) => `${original}\n`,
  cluster: ({ cluster: { status, name } }) => alignTabs(`Cluster Status:\t${status}\nNode Name:\t${name}\n`),
});
