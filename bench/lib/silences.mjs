/**
 * Silences as people make them: two equalities, every tenth with a regular expression. Silence n is about alert n of
 * `anAlert`; `reaches` says how many of the first alerts it may silence, the rest look at pods that do not exist.
 */
import { anAlert } from './alerts.mjs';

const DAY_MS = 86_400_000;

export function aSilence(n, { reaches = 0, startsAt = Date.now() } = {}) {
  const { labels } = anAlert(n);
  const pod = n < reaches ? labels.pod : `gone-${n}-${labels.pod}`;
  const isRegex = n % 10 === 9;
  return {
    matchers: [
      { name: 'alertname', value: labels.alertname, isRegex: false, isEqual: true },
      { name: 'pod', value: isRegex ? `${pod}|${pod}-[a-z]+` : pod, isRegex, isEqual: true },
    ],
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + DAY_MS).toISOString(),
    createdBy: 'on-call@example.com',
    comment: `Known: being worked on under ticket OPS-${10_000 + n}, see the channel of the team.`,
  };
}
