import type { Family, Sample } from './registry.js';

/**
 * Series as text: Prometheus 0.0.4 and OpenMetrics 1.0.
 *
 * Our own, as the library's writer renames the counters it prints in OpenMetrics, which then misses them in the other format.
 */
export type ExpositionFormat = 'text' | 'openmetrics';

export const CONTENT_TYPES: Readonly<Record<ExpositionFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};

export function formatFamilies(families: readonly Family[], format: ExpositionFormat): string {
  const lines: string[] = [];
  const sorted = [...families].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const family of sorted) addFamily(lines, family, format);
  if (format === 'openmetrics') lines.push('# EOF');
  return `${lines.join('\n')}\n`;
}

function addFamily(lines: string[], family: Family, format: ExpositionFormat): void {
  // A family without series says nothing yet; Go's client leaves it out too.
  if (family.values.length === 0) return;
  const isCounter = format === 'openmetrics' && family.type === 'counter';
  const name = isCounter ? family.name.replace(/_total$/, '') : family.name;
  lines.push(`# HELP ${name} ${escapeHelp(family.help)}`, `# TYPE ${name} ${family.type}`);
  for (const sample of family.values) {
    const sampleName = isCounter ? `${name}_total` : (sample.metricName ?? name);
    lines.push(`${sampleName}${formatLabels(sample)} ${formatValue(sample.value)}`);
  }
}

function formatLabels({ labels }: Sample): string {
  const names = Object.keys(labels);
  if (names.length === 0) return '';
  return `{${names.map((name) => `${name}="${escapeValue(String(labels[name]))}"`).join(',')}}`;
}

function formatValue(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  return String(value);
}

const escapeHelp = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const escapeValue = (text: string): string => escapeHelp(text).replaceAll('"', '\\"');
