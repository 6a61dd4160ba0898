import type { PostedAlert } from '../../domain/alert/index.js';
import type { MatcherMode } from '../../domain/labels/index.js';
import type { Engine, ReportHints } from '../../engine/engine.js';
import { isObject } from './go-kinds.js';
import { PlainReports } from './plain-report.js';
import { type ReportSpan, findReports } from './report-marks.js';

/** Posted alerts that need no further look at their labels, and what helps the engine to know them again. */
export interface PlainBatch extends ReportHints {
  readonly alerts: readonly PostedAlert[];
}

/** Larger bodies are read in slices. */
const MOST_BYTES = 256 * 1024;

/**
 * The body of POST /api/v2/alerts as Prometheus writes it. What was sent before is recognised by its bytes and not read
 * again, the rest is read one by one, and a body in which something is otherwise is left to alert-body.ts as a whole.
 */
export class PlainBatches {
  readonly #reports: PlainReports;

  constructor(
    mode: MatcherMode,
    private readonly engine: Pick<Engine, 'reported'>,
  ) {
    this.#reports = new PlainReports(mode);
  }

  read(body: Buffer): PlainBatch | undefined {
    if (body.length > MOST_BYTES || hasSurrogates(body)) return undefined;
    const spans = findReports(body);
    if (!spans) return undefined;
    const alerts: PostedAlert[] = [];
    const marks: number[] = [];
    for (const span of spans) {
      const known = span.mark === 0 ? undefined : this.#recognise(body, span);
      if (known) {
        alerts.push(known);
        marks.push(span.mark);
        continue;
      }
      const report = parse(span.text);
      const alert = report && this.#reports.read(report);
      if (!alert) return undefined;
      alerts.push(alert);
      marks.push(span.hasTimesOf(report) ? span.mark : 0);
    }
    return { alerts, marks, bytes: body, placeOf: (index) => spans[index] as ReportSpan };
  }

  #recognise(body: Buffer, { mark, startsAt, endsAt }: ReportSpan): PostedAlert | undefined {
    const known = this.engine.reported(mark);
    const times = known && this.#reports.readTimesAt(startsAt, endsAt, body);
    if (!times) return undefined;
    const { labels, annotations, generatorURL } = known;
    return { labels, annotations, generatorURL, ...times };
  }
}

/** Escaped halves of surrogate pairs: that they stand together is for others to see. */
const HALVES = [Buffer.from('\\ud'), Buffer.from('\\uD')];
const hasSurrogates = (body: Buffer): boolean => HALVES.some((half) => body.includes(half));

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
