import type { PostedAlert } from '../../domain/alert/index.js';
import type { MatcherMode } from '../../domain/labels/index.js';
import type { Engine, ReportHints } from '../../engine/engine.js';
import { PlainReports } from './plain-report.js';
import { REPORT } from './report-scan.js';

/** Posted alerts that need no further look at their labels, and what helps the engine to know them again. */
export interface PlainBatch extends ReportHints {
  readonly alerts: readonly PostedAlert[];
}

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
    this.#reports = PlainReports.in(mode);
  }

  /** The places of a batch can be asked for until the next one is read, by whomever. */
  read(body: Buffer): PlainBatch | undefined {
    const { scan } = this.#reports;
    const count = scan.scan(body);
    if (count === 0) return undefined;
    const alerts: PostedAlert[] = [];
    const marks: number[] = [];
    for (let report = 0; report < count; report++) {
      const mark = scan.markOf(report);
      const alert = this.#recognise(report, mark, body) ?? this.#reports.read(report, body);
      if (!alert) return undefined;
      alerts.push(alert);
      marks.push(mark);
    }
    const placeOf = (report: number): { start: number; end: number } => ({
      start: scan.startOf(report, REPORT),
      end: scan.endOf(report, REPORT),
    });
    return { alerts, marks, bytes: body, placeOf };
  }

  #recognise(report: number, mark: number, body: Buffer): PostedAlert | undefined {
    const known = this.engine.reported(mark);
    const times = known && this.#reports.readTimes(report, body);
    if (!times) return undefined;
    const { labels, annotations, generatorURL } = known;
    const { startsAt, endsAt } = times;
    return { labels, annotations, generatorURL, startsAt, endsAt };
  }
}
