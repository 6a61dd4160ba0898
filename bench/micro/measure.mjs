/**
 * What the micro-benchmarks share: warm-up, five rounds of about 100 ms, the median as nanoseconds for one call, one line of
 * JSON for each case. They run what `npm run build` made (`dist`), in this process, without any I/O.
 */
import { median } from '../lib/statistics.mjs';

const ROUNDS = 5;
const ROUND_MS = Number(process.env.BENCH_ROUND_MS ?? 100);
const DIST = new URL(
  process.env.BENCH_DIST === undefined ? '../../dist/' : `file://${process.env.BENCH_DIST}/`,
  import.meta.url,
);

export const load = (path) => import(new URL(path, DIST));

/** Results land here, so that no engine may leave out the work. */
export const kept = { value: undefined };

/** `call(n)` once; `n` counts up, for cases that need another input each time. */
export function measure(suite, name, call) {
  let n = 0;
  const round = (calls) => {
    const started = process.hrtime.bigint();
    for (let i = 0; i < calls; i++) kept.value = call(n++);
    return Number(process.hrtime.bigint() - started);
  };
  let calls = 1;
  for (let took = 0; (took = round(calls)) < (ROUND_MS * 1e6) / 4;) calls = took === 0 ? calls * 10 : calls * 2;
  const times = Array.from({ length: ROUNDS }, () => round(calls) / calls);
  process.stdout.write(`${JSON.stringify({ suite, name, nsPerCall: Number(median(times).toPrecision(4)), calls })}\n`);
}

export function mustBe(actual, expected, what) {
  if (actual !== expected) throw new Error(`${what}: ${actual} instead of ${expected}`);
}

/** The value of a Result, or the reason why there is none. */
export function valueOf(result) {
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.value;
}
