/** Where did the time go? Prints the functions of CPU profiles by own time, and by time with all that they call. */
import { readFileSync } from 'node:fs';

const SHOWN = 18;

for (const file of process.argv.slice(2)) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
  const own = new Map();
  samples.forEach((id, n) => own.set(id, (own.get(id) ?? 0) + timeDeltas[n]));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const places = new Map();
  const add = (node, micros, key) => {
    const place = placeOf(node.callFrame);
    const times = places.get(place) ?? { own: 0, all: 0 };
    times[key] += micros;
    places.set(place, times);
  };
  const walk = (node, path) => {
    // The profiler's own start is not the program's work.
    if (node.callFrame.functionName === 'profileStart') return 0;
    const place = placeOf(node.callFrame);
    const isFirst = !path.has(place);
    if (isFirst) path.add(place);
    let total = own.get(node.id) ?? 0;
    add(node, total, 'own');
    for (const child of node.children ?? []) total += walk(byId.get(child), path);
    // A function that calls itself counts once.
    if (isFirst) {
      path.delete(place);
      add(node, total, 'all');
    }
    return total;
  };
  const total = walk(nodes[0], new Set());
  const idle = places.get('(idle)')?.own ?? 0;
  const busy = total - idle;
  process.stdout.write(`${file}: ${(busy / 1_000).toFixed(0)} ms busy of ${(total / 1_000).toFixed(0)} ms\n`);
  for (const key of ['own', 'all']) {
    const rows = [...places].filter(([place]) => place !== '(idle)' && place !== '(root)');
    rows.sort(([, a], [, b]) => b[key] - a[key]);
    process.stdout.write(`  by ${key === 'own' ? 'own time' : 'time with callees'}\n`);
    for (const [place, times] of rows.slice(0, SHOWN))
      process.stdout.write(`  ${((100 * times[key]) / busy).toFixed(1).padStart(6)} %  ${place}\n`);
  }
}

function placeOf({ functionName, url, lineNumber }) {
  const short = url.replace(/^.*\/(dist|node_modules)\//, '$1/').replace(/^file:\/\//, '');
  const name = functionName === '' ? 'anonymous' : functionName;
  return short === '' ? name : `${name} ${short}:${lineNumber + 1}`;
}
