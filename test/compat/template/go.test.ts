/** Our engine against what Go's own engines answered: hand-written cases and a sample of random templates. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { TemplateError, compileTemplates, templateData } from '../../../src/domain/template/index.js';
import { instant } from '../../../src/domain/time/index.js';
import { readNotification } from './notification.js';

interface Case {
  readonly engine: 'text' | 'html';
  readonly text: string;
  readonly out?: string;
  readonly err?: string;
}

const file = (path: string): URL => new URL(path, import.meta.url);
const casesIn = (path: string): readonly Case[] => JSON.parse(readFileSync(file(path), 'utf8')) as readonly Case[]; // our own fixture

const compiled = compileTemplates([]);
if (!compiled.ok) throw new Error(compiled.issues[0]?.message);
const templates = compiled.value;
const data = templateData(readNotification(file('data.json')));

function answer({ engine, text }: Case): string {
  try {
    return templates[engine](text, data, instant(0));
  } catch (error) {
    if (error instanceof TemplateError) return `ERROR ${error.message}`;
    throw error;
  }
}

/** Where a pointer lies in memory differs from run to run. */
const masked = (text: string): string => text.replace(/0x[0-9a-f]{8,16}/gi, '0xADDRESS');
const wanted = ({ out, err }: Case): string => masked(err === undefined ? (out ?? '') : `ERROR ${err}`);

describe('what Go answers', () => {
  it.each(casesIn('fixtures/cases.json').map((each) => [`${each.engine} ${each.text}`, each] as const))(
    '%s',
    (_, each) => {
      expect(masked(answer(each))).toBe(wanted(each));
    },
  );
});

describe('what Go answers to random templates', () => {
  it('is the same for each of the recorded ones', () => {
    const cases = casesIn('fixtures/random.json');
    const different = cases.filter((each) => masked(answer(each)) !== wanted(each));
    expect(different.map(({ engine, text }) => `${engine} ${text}`)).toEqual([]);
    expect(cases).toHaveLength(500);
  });
});
