import { describe, expect, it } from '@jest/globals';
import { alignTabs, formatTable } from './table.js';

describe('a table', () => {
  it.each([
    ['nothing', '', ''],
    ['a cell without a tab', 'a\n', 'a\n'],
    ['one column', 'a\t\nbbb\t\n', 'a    \nbbb  \n'],
    ['text after the last tab', 'a\tx\nbbb\ty\n', 'a    x\nbbb  y\n'],
    ['a line without cells, which ends a column', 'a\tx\n\nbbb\ty\n', 'a  x\n\nbbb  y\n'],
    ['empty cells', '\t\t\n', '    \n'],
    ['a column that only some lines have', 'a\tb\tc\naa\n', 'a  b  c\naa\n'],
    ['a run of the second column within the first', 'a\tbb\tc\naaa\td\na\te\tf\n', 'a    bb  c\naaa  d\na    e  f\n'],
    ['characters beyond ASCII', 'ü\t|\n日本\t|\n', 'ü   |\n日本  |\n'],
    ['no line end', 'a\tb', 'a  b'],
  ])('aligns %s', (_name, text, expected) => {
    expect(alignTabs(text)).toBe(expected);
  });

  it('ends every cell with a tab, so that all lines have the same length', () => {
    expect(
      formatTable([
        ['ID', 'Comment'],
        ['1', 'long'],
      ]),
    ).toBe('ID  Comment  \n1   long     \n');
  });
});
