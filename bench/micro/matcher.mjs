/** How long does it take to parse matchers, and to match a value? */
import { load, measure, mustBe, valueOf } from './measure.mjs';

const { createMatcher, parseMatchers } = await load('domain/matcher/index.js');

for (const [name, text, count] of [
  ['parse, one equality', '{foo="bar"}', 1],
  ['parse, an equality and a class', '{foo="bar",bar=~"[a-zA-Z0-9+]"}', 2],
])
  for (const mode of ['utf8', 'classic', 'fallback']) {
    mustBe(valueOf(parseMatchers(text, mode)).matchers.length, count, name);
    measure('matcher', `${name}, ${mode}`, () => parseMatchers(text, mode));
  }

/** Other values each time, as many as a label of a big installation has. */
const values = Array.from({ length: 5_000 }, (_, n) => `node-${n}.eu-west.example:9100`);
for (const [operator, pattern] of [
  ['=', 'node-17.eu-west.example:9100'],
  ['=~', 'node-17.*'],
  ['=~', 'node-1[0-9]\\..*'],
  ['=~', '.*-west.*'],
  ['=~', 'a|b|c|node-17.eu-west.example:9100'],
  ['!~', '(node|host)-[0-9]+\\.eu-(west|north)\\..*'],
]) {
  const matcher = valueOf(createMatcher(operator, 'instance', pattern));
  measure('matcher', `match ${operator} ${pattern}`, (n) => matcher.matches(values[n % values.length]));
}
