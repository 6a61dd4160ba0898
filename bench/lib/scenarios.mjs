/** The scenarios in the order in which they are played. Each file in bench/scenarios is one of them. */
export const SCENARIOS = [
  'ingest-new',
  'ingest-again',
  'ingest-single',
  'dispatch-paced',
  'dispatch-burst',
  'dispatch-big-group',
  'dispatch-receivers',
  'query-10k',
  'query-50k',
  'silences-10k',
  'inhibition-10',
  'inhibition-100',
  'inhibition-1000',
  'routes-flat',
  'routes-tree',
  'memory',
  'start',
  'churn',
  'crash',
  'growth',
];

const LOOP = [
  { key: 'loopP999', label: 'event loop held p99.9, ms', better: 'less', least: 50, aim: 20, absolute: true },
  { key: 'loopMax', label: 'event loop held at most, ms', better: 'less' },
];

export async function loadScenario(name) {
  if (!SCENARIOS.includes(name)) throw new Error(`no scenario ${name}; there are ${SCENARIOS.join(', ')}`);
  const scenario = await import(`../scenarios/${name}.mjs`);
  return { ...scenario, rows: [...scenario.rows, ...LOOP] };
}
