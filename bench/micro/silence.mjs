/** How long does it take to know which silences mute an alert, by number, by how many match, and after each change? */
import { load, measure, mustBe, valueOf } from './measure.mjs';

const { createMatcher } = await load('domain/matcher/index.js');
const { LabelSet } = await load('domain/labels/index.js');
const { SilenceIndex } = await load('domain/silence/index.js');

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const equals = (name, value) => valueOf(createMatcher('=', name, String(value)));
const matchesText = (name, pattern) => valueOf(createMatcher('=~', name, pattern));

const aSilence = (id, matchers, endsAt = NOW + HOUR_MS) => ({
  id: String(id),
  matcherSets: [matchers],
  startsAt: NOW - HOUR_MS,
  endsAt,
  updatedAt: NOW - HOUR_MS,
  createdBy: '',
  comment: '',
  annotations: {},
});

function indexOf(count, matchersOf) {
  const index = new SilenceIndex();
  for (let n = 0; n < count; n++) index.set(aSilence(n, matchersOf(n)));
  return index;
}

const fooBar = LabelSet.fromObject({ foo: 'bar' });
for (const [total, matching] of [
  [0, 0],
  [1, 1],
  [100, 10],
  [1_000, 1],
  [1_000, 10],
  [1_000, 100],
  [10_000, 0],
  [10_000, 10],
  [10_000, 1_000],
]) {
  const every = total / matching;
  const index = indexOf(total, (n) => [
    matching > 0 && n % every === 0 ? equals('foo', 'bar') : equals('job', `job${n}`),
  ]);
  mustBe(index.mutedBy(fooBar, NOW).length, matching, `${matching} of ${total}`);
  measure('silence', `muted? ${total} silences, ${matching} match`, () => index.mutedBy(fooBar, NOW));
}

const testService = LabelSet.fromObject({ service: 'test', instance: 'instance1' });
for (const base of [1_000, 3_000, 7_000, 10_000]) {
  const hit = () => [equals('service', 'test'), equals('instance', 'instance1')];
  const index = indexOf(base, (n) => (n > 0 && n % 2_000 === 0 ? hit() : [equals('job', `job${n}`)]));
  measure('silence', `muted? a change before every second, ${base} silences`, (n) => {
    // The same few ids again and again, so that the number of silences stays what the name says.
    if (n % 2 === 0) index.set(aSilence(`new-${n % 100}`, n % 20 === 0 ? hit() : [equals('instance', `host${n}`)]));
    return index.mutedBy(testService, NOW);
  });
}

const three = LabelSet.fromObject({ aaaa: 'AAAA', bbbb: 'BBBB', cccc: 'CCCC' });
for (const total of [100, 1_000, 10_000]) {
  const index = indexOf(total, (n) => [
    matchesText('aaaa', `A{4}|${n}`),
    matchesText('bbbb', n % 10 === 0 ? `B(B|C)B.|${n}` : String(n)),
  ]);
  mustBe(index.mutedBy(three, NOW).length, total / 10, `${total} regular expressions`);
  measure('silence', `muted? ${total} silences of regular expressions, a tenth match`, () => index.mutedBy(three, NOW));
}

for (const total of [1_000, 10_000]) {
  const matchers = [equals('foo', 'bar')];
  const index = indexOf(total, () => matchers);
  measure('silence', `add one and take it out, ${total} silences with the same matcher`, () => {
    index.set(aSilence('one more', matchers));
    index.remove('one more');
  });
}
