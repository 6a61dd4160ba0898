/** Order statistics, without interpolation: each figure is one that was measured. */
export function quantile(values, q) {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.ceil(q * sorted.length) - 1 + (q === 0 ? 1 : 0))];
}

export const median = (values) => quantile(values, 0.5);

/** Least squares: how much y grows for each unit of x. */
export function slope(points) {
  const n = points.length;
  if (n < 2) return 0;
  const mean = (pick) => points.reduce((sum, point) => sum + pick(point), 0) / n;
  const [mx, my] = [mean(([x]) => x), mean(([, y]) => y)];
  const spread = points.reduce((sum, [x]) => sum + (x - mx) ** 2, 0);
  return spread === 0 ? 0 : points.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / spread;
}
