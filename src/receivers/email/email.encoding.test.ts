import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { anyText } from '../../../test/support/any-text.js';
import { encodeQuotedPrintable } from './email.encoding.js';

const x = (times: number): string => 'x'.repeat(times);

const decoded = (text: string): string => {
  const bytes = text.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, digits: string) => `%${digits}`);
  return decodeURIComponent(bytes.replace(/%(?![0-9A-F]{2})/g, '%25'));
};

describe('quoted-printable', () => {
  it.each([
    ['', ''],
    ['a\nb\rc\r\nd\n', 'a\r\nb\r\nc\r\nd\r\n'],
    ['1 = 1', '1 =3D 1'],
    ['é😀\u0000', '=C3=A9=F0=9F=98=80=00'],
    ['a \n\t\nb\t', 'a=20\r\n=09\r\nb=09'],
    [x(75), x(75)],
    [x(76), `${x(75)}=\r\nx`],
    [x(151), `${x(75)}=\r\n${x(75)}=\r\nx`],
    [`${x(72)}=x`, `${x(72)}=3Dx`.slice(0, 75) + '=\r\nx'],
    [`${x(73)}=`, `${x(73)}=\r\n=3D`],
    [`${x(74)}=`, `${x(74)}=\r\n=3D`],
    [`${x(74)} `, `${x(74)}=\r\n=20`],
    [`${x(75)} `, `${x(75)}=\r\n=20`],
  ])('writes %j as %j', (text, encoded) => expect(encodeQuotedPrintable(text)).toBe(encoded));

  it('says what the text says, in short lines without blanks at their ends', () => {
    const piece = fc.oneof(fc.constantFrom(' ', '\t', '=', '%', '\r', '\n', '\r\n', x(74), '='.repeat(24)), anyText());
    const text = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (whole) => {
        const encoded = encodeQuotedPrintable(whole);
        expect(encoded).toMatch(/^(?:[\t -~]{0,75}[!-~](?:\r\n|$)|\r\n)*$/);
        expect(decoded(encoded)).toBe(whole.replace(/\r\n|\r|\n/g, '\r\n'));
      }),
    );
  });
});
