import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anAlert } from '../../../test/support/builders.js';
import { LabelSet } from '../../domain/labels/index.js';
import { instant } from '../../domain/time/index.js';
import { writeAlert } from './alert-json.js';

const written = (annotations: LabelSet): string =>
  writeAlert({ ...anAlert({ alertname: 'Down' }, instant(0)), annotations }, ['team'], '{}');

/** As Go's encoder writes texts, and as others may. */
const goJson = (json: string): string =>
  json.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
const FORMS: readonly ((json: string) => string)[] = [
  (json) => json,
  goJson,
  (json) => json.replaceAll('/', '\\/'),
  (json) => json.replaceAll('é', '\\u00e9'),
];

describe('annotations of a listed alert', () => {
  it('are written the same whether somebody has read them or not', () => {
    const text = fc.oneof(
      fc.constantFrom('plain', '<b>', 'a & b', '"', '\\', 'a/b', 'é', '\u2028', '🔥', '\u007f', 'line\nline'),
      fc.string({ unit: 'grapheme' }),
    );
    const pairs = fc.dictionary(fc.constantFrom('description', 'runbook_url', 'summary', '__proto__'), text);
    fc.assert(
      fc.property(pairs, fc.constantFrom(...FORMS), (object, form) => {
        const plain = LabelSet.fromObject(object);
        const json = form(JSON.stringify(plain));
        const unread = LabelSet.ofWritten(plain.names, json);
        expect(written(unread)).toBe(written(plain));
      }),
      { numRuns: 1_000 },
    );
  });

  it('are mostly written as they came', () => {
    const json = '{"description":"The value is 7."}';
    const unread = LabelSet.ofWritten(['description'], json);
    expect(written(unread)).toContain(`"annotations":${json}`);
    expect(unread.plainJson).toBe(json);
  });
});
