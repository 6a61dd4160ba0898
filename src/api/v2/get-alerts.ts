import type { Alert } from '../../domain/alert/index.js';
import { compareBytes, compareLabelSets } from '../../domain/labels/index.js';
import type { AlertView, GroupView } from '../../engine/engine.js';
import type { Answer } from '../server/handler.js';
import { alertJson, groupFrame, statusJson } from './alert-json.js';
import { AlertPages, type Page, type PageIndex, versionOf } from './alert-pages.js';
import { AlertQuery } from './alert-query.js';
import { AnswerCache, MAX_ANSWER_BYTES } from './answer-cache.js';
import { answerMessage } from './answers.js';
import { type ApiOptions, warnOf } from './api.js';
import { type Piece, answerChunks, answerList } from './list-writer.js';
import type { QueryValues } from './query-values.js';

/**
 * GET /api/v2/alerts and /api/v2/alerts/groups.
 *
 * Everything there is comes out of the pages; other questions are answered alert by alert, and both kinds of answers are
 * remembered until something changes.
 */
export class AlertLists {
  readonly #pages: AlertPages;
  readonly #answers = new AnswerCache();
  /** Where in the pages the alerts of all groups stand. Bound: one piece for each alert and group, one such list. */
  #allGroups = NO_GROUPS;

  constructor(private readonly api: ApiOptions) {
    this.#pages = new AlertPages(api.engine, api.clock);
  }

  /** By fingerprint. Time intervals do not show here. */
  async getAlerts(answer: Answer, query: QueryValues): Promise<void> {
    const asked = AlertQuery.parse(query, this.api.matcherMode, warnOf(this.api.log));
    if (!asked.ok) return answerMessage(answer, 400, asked.issues[0]?.message ?? '');
    if (asked.value.isEverything) return this.#answerEverything(answer);
    await this.#answer(answer, `alerts?${query.text}`, () => alertPieces(this.api, asked.value, this.#pages.index));
  }

  /** By group labels and receiver. Groups that the query leaves empty are left out. */
  async getGroups(answer: Answer, query: QueryValues): Promise<void> {
    const asked = AlertQuery.parse(query, this.api.matcherMode, warnOf(this.api.log));
    if (!asked.ok) return answerMessage(answer, 400, asked.issues[0]?.message ?? '');
    const withMuted = query.boolean('muted', true);
    if (asked.value.isEverything) return this.#answerAllGroups(answer, asked.value, withMuted);
    const { index } = this.#pages;
    await this.#answer(answer, `groups?${query.text}`, () => groupPieces(this.api, asked.value, withMuted, index));
  }

  async #answerAllGroups(answer: Answer, asked: AlertQuery, withMuted: boolean): Promise<void> {
    await this.#readPages();
    const version = versionOf(this.api.engine);
    const known = this.#allGroups;
    if (known.version === version && known.withMuted === withMuted)
      return void (await answerList(answer, known.pieces.values(), this.api.clock));
    const pieces: Piece[] = [];
    const writing = noting(groupPieces(this.api, asked, withMuted, this.#pages.index), pieces);
    await answerList(answer, writing, this.api.clock);
    const isWhole = !answer.destroyed && version === versionOf(this.api.engine);
    if (isWhole) this.#allGroups = { version, withMuted, pieces };
  }

  async #answerEverything(answer: Answer): Promise<void> {
    const pages = (await this.#readPages()).map(({ bytes }) => bytes);
    const last = pages.pop();
    const chunks = last ? [...pages, last.subarray(0, -1)] : [];
    await answerChunks(answer, [OPEN, ...chunks, CLOSE]);
  }

  /** Pieces of former pages would keep those in memory. */
  #readPages(): Promise<readonly Page[]> {
    if (this.#allGroups.version !== versionOf(this.api.engine)) this.#allGroups = NO_GROUPS;
    return this.#pages.read();
  }

  async #answer(answer: Answer, question: string, pieces: () => Iterator<Piece>): Promise<void> {
    const version = versionOf(this.api.engine);
    const known = this.#answers.get(question, version);
    if (known) return answerChunks(answer, known);
    const sent = await answerList(answer, pieces(), this.api.clock, MAX_ANSWER_BYTES);
    // What changed while it was written may show in one part and not in another.
    if (sent && versionOf(this.api.engine) === version) this.#answers.keep(question, version, sent);
  }
}

interface GroupPieces {
  readonly version: string;
  /** Whether groups that are muted are among them. */
  readonly withMuted: boolean;
  readonly pieces: readonly Piece[];
}

const NO_GROUPS: GroupPieces = { version: '', withMuted: true, pieces: [] };

function* noting(pieces: Iterable<Piece>, notes: Piece[]): Generator<Piece> {
  for (const piece of pieces) {
    if (piece !== '') notes.push(piece);
    yield piece;
  }
}

const OPEN = Buffer.from('[');
const CLOSE = Buffer.from(']\n');

function* alertPieces({ engine, clock }: ApiOptions, asked: AlertQuery, pages: PageIndex): Generator<Piece> {
  yield* emptyPieces(engine.prepareFilter(asked.matchers));
  const now = clock.now();
  const { receivers } = engine.ruleset;
  let isFirst = true;
  for (const view of engine.alerts(asked.matchers)) {
    if (!asked.wants(view, now) || !asked.wantsAnyOf(view.receivers, receivers)) {
      yield '';
      continue;
    }
    if (!isFirst) yield ',';
    isFirst = false;
    yield pages.find(view, statusJson(view.status, []), false) ?? alertJson(view, view.receivers, []);
  }
}

/** So that long work can be put off in between. */
function* emptyPieces(steps: Iterator<unknown>): Generator<Piece> {
  while (steps.next().done !== true) yield '';
}

interface Chosen {
  readonly group: GroupView;
  readonly alerts: readonly AlertView[];
}

function* groupPieces(api: ApiOptions, asked: AlertQuery, withMuted: boolean, pages: PageIndex): Generator<Piece> {
  const chosen = yield* chooseGroups(api, asked);
  const told = yield* receiversByAlert(chosen);
  chosen.sort((a, b) => compareGroups(a.group, b.group));
  let separator = '';
  for (const { group, alerts } of chosen) {
    if (!withMuted && group.mutedBy.length > 0) continue;
    const [head, tail] = groupFrame(group);
    yield separator + head;
    for (let i = 0; i < alerts.length; i++) {
      const { alert, status, receivers } = alerts[i] as AlertView;
      const view = { alert, status, receivers: told.get(alert) ?? receivers };
      const isLast = i === alerts.length - 1;
      yield (
        pages.find(view, statusJson(status, group.mutedBy), !isLast) ??
        alertJson(view, view.receivers, group.mutedBy) + (isLast ? '' : ',')
      );
    }
    yield tail;
    separator = ',';
  }
}

/** Yields empty pieces, so that long work can be put off in between. */
function* chooseGroups({ engine, clock }: ApiOptions, asked: AlertQuery): Generator<Piece, Chosen[]> {
  yield* emptyPieces(engine.prepareFilter(asked.matchers));
  const now = clock.now();
  const { receivers } = engine.ruleset;
  const chosen: Chosen[] = [];
  for (const group of engine.groups(asked.matchers)) {
    yield '';
    if (!asked.wantsAnyOf([group.receiver], receivers)) continue;
    const alerts: AlertView[] = [];
    for (const view of group.alerts) {
      if (asked.wants(view, now)) alerts.push(view);
      yield '';
    }
    if (alerts.length > 0) chosen.push({ group, alerts });
  }
  return chosen;
}

/**
 * In groups an alert names the receivers of the groups that were asked for, sorted, once for each group. Left out are those
 * of a single group, which name what they name everywhere.
 */
function* receiversByAlert(chosen: readonly Chosen[]): Generator<Piece, ReadonlyMap<Alert, readonly string[]>> {
  const told = new Map<Alert, readonly string[]>();
  for (const { group, alerts } of chosen) {
    const alone = [group.receiver];
    for (const { alert, receivers } of alerts) {
      yield '';
      if (receivers.length === 1 && receivers[0] === group.receiver) continue;
      const names = told.get(alert);
      told.set(alert, names ? [...names, group.receiver].sort(compareBytes) : alone);
    }
  }
  return told;
}

const compareGroups = (a: GroupView, b: GroupView): number =>
  compareLabelSets(a.labels, b.labels) || compareBytes(a.receiver, b.receiver);
