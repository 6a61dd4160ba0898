/**
 * Records what Go answers: to every line of cases.txt, and to a sample of random templates. Needs Go.
 *
 *   node test/compat/template/record.mjs
 */
import { writeFileSync } from 'node:fs';
import { askGo, readCases } from './oracle.mjs';
import { templates } from './generator.mjs';

const write = (name, value) =>
  writeFileSync(new URL(`fixtures/${name}`, import.meta.url), `${JSON.stringify(value, null, 1)}\n`);

const cases = readCases();
const answers = await askGo(cases);
write(
  'cases.json',
  cases.map((each, index) => ({ ...each, ...answers[index] })),
);

const random = [...templates(1, 500)];
const randomAnswers = await askGo(random);
write(
  'random.json',
  random.map((each, index) => ({ ...each, ...randomAnswers[index] })),
);
