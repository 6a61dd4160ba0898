/**
 * Columns of text, aligned by elastic tabs: a column is a run of lines with a cell ended by a tab in that place, and as wide
 * as its widest cell plus two blanks. What follows the last tab of a line belongs to no column.
 *
 * Alertmanager: amtool prints through Go's text/tabwriter, so that tabs and line ends inside a value have the same effect.
 */
const PADDING = 2;

export const formatTable = (rows: readonly (readonly string[])[]): string =>
  alignTabs(rows.map((row) => row.map((cell) => `${cell}\t`).join('') + '\n').join(''));

export function alignTabs(text: string): string {
  const lines = text.split('\n').map((line) => line.split('\t'));
  const aligned: string[] = [];
  layOut(lines, [], aligned);
  return aligned.join('\n');
}

/** Columns to the left have their widths; finds the next column's runs and goes on to the right within each. */
function layOut(lines: readonly (readonly string[])[], widths: readonly number[], aligned: string[]): void {
  const column = widths.length;
  const hasCell = (line: readonly string[] | undefined): boolean => line !== undefined && column < line.length - 1;
  for (let at = 0; at < lines.length;) {
    if (!hasCell(lines[at])) {
      aligned.push(padCells(lines[at++] as readonly string[], widths)); // `at` is within the lines
      continue;
    }
    let end = at;
    let width = 0;
    for (; hasCell(lines[end]); end++) width = Math.max(width, lengthOf(lines[end]?.[column] ?? '') + PADDING);
    layOut(lines.slice(at, end), [...widths, width], aligned);
    at = end;
  }
}

const padCells = (line: readonly string[], widths: readonly number[]): string =>
  line.map((cell, i) => cell + ' '.repeat(Math.max((widths[i] ?? 0) - lengthOf(cell), 0))).join('');

/** Characters, not columns of a terminal. */
const lengthOf = (text: string): number => [...text].length;
