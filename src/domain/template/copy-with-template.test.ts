import { describe, expect, it } from '@jest/globals';
import { copyWithTemplate } from './index.js';

/** Enough of YAML for these cases. */
function parseYaml(text: string): unknown {
  if (text === '' || text === '~') return null;
  if (text === 'a: b: c') throw new Error('mapping values are not allowed here');
  if (text === 'odd: 1')
    return new Map<unknown, unknown>([
      ['odd', 1],
      [2, 'gone'],
    ]);
  if (text === '- x') return ['x'];
  if (/^[[{\d]/.test(text)) return JSON.parse(text);
  return text.trim();
}

const render = (source: string): string => source.replaceAll('$', 'v');
const copy = (value: unknown): unknown => JSON.parse(JSON.stringify(copyWithTemplate(value, render, parseYaml)));

describe('a structured value with templates in it', () => {
  it.each([
    ['text is rendered', 'a$', 'av'],
    ['text keeps its white space', ' a ', ' a '],
    ['what renders to a number is one', '3', 3],
    ['nothing is null', '', null],
    ['what is no YAML stays text', 'a: b: c', 'a: b: c'],
    ['JSON becomes structure, its text final', '{"a":"b$","n":[1]}', { a: 'bv', n: [1] }],
    ['keys that are no text are dropped', 'odd: 1', { odd: 1 }],
    ['lists and maps go deep', { k$: ['$', { x: '- x' }, 5, true, null] }, { kv: ['v', { x: ['x'] }, 5, true, null] }],
    [
      'maps of a YAML reader',
      new Map<unknown, unknown>([
        ['a', '$'],
        [1, 'gone'],
      ]),
      { a: 'v' },
    ],
  ])('%s', (_, value, want) => {
    expect(copy(value)).toEqual(want);
  });

  it('takes no key for a prototype', () => {
    const value = copyWithTemplate(new Map([['__proto__', 'x']]), render, parseYaml) as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(value)).toBeNull();
  });

  it('lets errors of the template through', () => {
    const failing = (): never => {
      throw new Error('no');
    };
    expect(() => copyWithTemplate({ a: ['x'] }, failing, parseYaml)).toThrow('no');
  });
});
