/** `did you mean "url"?`, when one of the names is near enough to be what was meant; otherwise what there is. */
export function closest(name: string, names: Iterable<string>): string {
  const all = [...names];
  const near = all
    .map((candidate) => ({ candidate, distance: editDistance(name.slice(0, 64), candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0];
  if (near) return `did you mean "${near.candidate}"?`;
  return all.length > 12
    ? `known here: ${all.slice(0, 12).join(', ')}, …`
    : `known here: ${all.join(', ') || 'nothing'}`;
}

/** Levenshtein, one row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
