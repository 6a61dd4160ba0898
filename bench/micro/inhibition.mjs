/** How long does it take to know whether an alert is inhibited, by rules and by sources? And to take in a source? */
import { load, measure, mustBe, valueOf } from './measure.mjs';

const { createMatcher } = await load('domain/matcher/index.js');
const { LabelSet } = await load('domain/labels/index.js');
const { compileInhibitRules, createInhibitor } = await load('domain/inhibit/index.js');

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;
const equals = (name, value) => valueOf(createMatcher('=', name, String(value)));

/** Every rule is about dst=0, each has sources of its own: src=<number of the rule>. */
function inhibitorWith(rules, sourcesOf, equal = []) {
  const configs = Array.from({ length: rules }, (_, n) => ({
    name: '',
    sourceMatchers: [equals('src', n)],
    targetMatchers: [equals('dst', 0)],
    equal,
  }));
  const inhibitor = createInhibitor(compileInhibitRules(configs));
  for (let rule = 0; rule < rules; rule++)
    for (let n = 0; n < sourcesOf(rule); n++)
      inhibitor.observe(LabelSet.fromObject({ src: String(rule), idx: String(n) }), NOW + HOUR_MS, NOW);
  return inhibitor;
}

function measureMuted(name, inhibitor) {
  const target = LabelSet.fromObject({ dst: '0' });
  mustBe(inhibitor.isInhibited(target, NOW), true, name);
  measure('inhibition', `is it? ${name}`, () => inhibitor.isInhibited(target, NOW));
  measure('inhibition', `by whom? ${name}`, () => inhibitor.inhibitors(target, NOW));
}

for (const rules of [1, 10, 100, 1_000, 10_000])
  measureMuted(
    `${rules} rules, 1 source each`,
    inhibitorWith(rules, () => 1),
  );
for (const sources of [10, 100, 1_000, 10_000])
  measureMuted(
    `1 rule, ${sources} sources`,
    inhibitorWith(1, () => sources),
  );
measureMuted(
  '100 rules, 1000 sources each',
  inhibitorWith(100, () => 1_000),
);
for (const rules of [10, 100, 1_000, 10_000])
  measureMuted(
    `${rules} rules, only the last has a source`,
    inhibitorWith(rules, (rule) => (rule === rules - 1 ? 1 : 0)),
  );

for (const count of [1, 3, 5, 10]) {
  const names = Array.from({ length: count }, (_, n) => `label_${n}`);
  const values = Object.fromEntries(names.map((name, n) => [name, `value_${n}`]));
  const inhibitor = inhibitorWith(1, () => 0, names);
  inhibitor.observe(LabelSet.fromObject({ ...values, src: '0' }), NOW + HOUR_MS, NOW);
  const target = LabelSet.fromObject({ ...values, dst: '0' });
  mustBe(inhibitor.isInhibited(target, NOW), true, `${count} equal labels`);
  measure('inhibition', `${count} equal labels`, () => inhibitor.isInhibited(target, NOW));
}

const busy = inhibitorWith(1_000, () => 4);
const sources = Array.from({ length: 1_000 }, (_, n) => LabelSet.fromObject({ src: String(n), idx: 'new' }));
measure('inhibition', 'take in a source and forget it, 1000 rules', (n) => {
  const labels = sources[n % sources.length];
  busy.observe(labels, NOW + HOUR_MS, NOW);
  busy.forget(labels);
});
