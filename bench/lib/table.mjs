/** The table at the end: medians, ours through peer's, the bars, and whether they are met. */
const HEAD = ['scenario', 'measure', 'ours', 'peer', 'ratio', 'at least', 'aim', '', 'null'];

export function printTable(results, { judge }) {
  const lines = [HEAD];
  for (const { name, rows, summaries } of results) {
    for (const row of rows) {
      const value = (role) => summaries[role]?.figures[row.key]?.median;
      if (value('ours') === undefined && value('peer') === undefined) continue;
      lines.push([name, row.label, ...cells(row, value, judge)]);
    }
    for (const [role, { invalid }] of Object.entries(summaries))
      for (const reason of new Set(invalid)) lines.push([name, `${role} NOT VALID: ${reason}`]);
  }
  const widths = HEAD.map((_, column) =>
    Math.max(...lines.map((line) => (line.length > 2 ? (line[column] ?? '').length : 0))),
  );
  for (const line of lines)
    process.stdout.write(
      `${line
        .map((cell, column) => pad(cell, widths[column], column))
        .join('  ')
        .trimEnd()}\n`,
    );
}

function cells(row, value, judge) {
  const [ours, peer] = [value('ours'), value('peer')];
  const ratio = ours / peer;
  const bar = (limit) =>
    limit === undefined ? '' : `${row.better === 'less' ? '≤' : '≥'} ${limit}${row.absolute ? '' : ' ×'}`;
  return [
    format(ours),
    format(peer),
    Number.isFinite(ratio) ? `${format(ratio)} ×` : '',
    bar(row.least),
    bar(row.aim),
    judge ? verdict(row, row.absolute ? ours : ratio) : '',
    format(value('null')),
  ];
}

function verdict({ better, least, aim }, figure) {
  if (least === undefined || !Number.isFinite(figure)) return '';
  const meets = (limit) => limit !== undefined && (better === 'less' ? figure <= limit : figure >= limit);
  if (meets(aim)) return 'aim';
  return meets(least) ? 'yes' : 'NO';
}

function format(value) {
  if (!Number.isFinite(value)) return '';
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  return size >= 10
    ? value.toFixed(1)
    : size >= 1
      ? value.toFixed(2)
      : value.toFixed(4).replace(/0+$/, '').replace(/\.$/, '');
}

const pad = (cell, width, column) => (column < 2 ? cell.padEnd(width) : cell.padStart(width));
