import { type Matcher, quoteGo } from '../../domain/matcher/index.js';
import { type Silence, compareForListing, hasMatchers, validateSilence } from '../../domain/silence/index.js';
import { type Instant } from '../../domain/time/index.js';
import type { Answer } from '../server/handler.js';
import { AnswerCache, MAX_ANSWER_BYTES } from './answer-cache.js';
import { answerEmpty, answerJson, answerMessage, answerRefusal, jsonText, refusal } from './answers.js';
import { type ApiOptions, warnOf } from './api.js';
import { parseFilter } from './filters.js';
import { decodeValue } from './json-decode.js';
import { answerChunks, answerList } from './list-writer.js';
import type { QueryValues } from './query-values.js';
import { SILENCE_REQUIRED, readSilence, undecodableSilence } from './silence-body.js';
import { severalSetsText, shownAt, shownState, silenceJson } from './silence-json.js';
import { isUuid } from './uuid.js';

/** GET /api/v2/silences. Answers are remembered until a silence changes, starts or ends. */
export class SilenceLists {
  readonly #answers = new AnswerCache();

  constructor(private readonly api: ApiOptions) {}

  async getSilences(answer: Answer, query: QueryValues): Promise<void> {
    const { engine, clock, matcherMode, log } = this.api;
    const filter = parseFilter(query.all('filter'), matcherMode, warnOf(log));
    if (!filter.ok) return answerMessage(answer, 400, filter.issues[0]?.message ?? '');
    const version = String(engine.silencesVersion);
    const known = this.#answers.get(query.text, version);
    if (known) return answerChunks(answer, known);
    const now = clock.now();
    const silences = chooseSilences(engine.silences(), filter.value, query, now);
    const unshowable = silences.find(({ matcherSets }) => matcherSets.length > 1);
    if (unshowable) return answerMessage(answer, 500, severalSetsText(unshowable.id));
    const sent = await answerList(answer, silenceTexts(silences, now), clock, MAX_ANSWER_BYTES);
    if (sent && String(engine.silencesVersion) === version) this.#answers.keep(query.text, version, sent);
  }
}

function chooseSilences(
  all: readonly Silence[],
  filter: readonly Matcher[],
  query: QueryValues,
  now: Instant,
): readonly Silence[] {
  const shown = {
    active: query.boolean('active', true),
    pending: query.boolean('pending', true),
    expired: query.boolean('expired', true),
  };
  return all
    .filter((silence) => shown[shownState(silence, now)] && hasMatchers(silence, filter))
    .sort((a, b) => compareForListing(a, b, shownAt(now)));
}

function* silenceTexts(silences: readonly Silence[], now: Instant): Generator<string> {
  let separator = '';
  for (const silence of silences) {
    yield separator + silenceJson(silence, now);
    separator = ',';
  }
}

const badId = (id: string) => refusal(422, `silenceID in path must be of type uuid: ${quoteGo(id)}`, 601);

/** GET /api/v2/silence/{id}. */
export function getSilence({ engine, clock }: ApiOptions, answer: Answer, id: string): void {
  if (!isUuid(id)) return answerRefusal(answer, badId(id));
  const silence = engine.silence(id);
  if (!silence) return answerEmpty(answer, 404);
  if (silence.matcherSets.length > 1) return answerMessage(answer, 500, severalSetsText(id));
  answerJson(answer, 200, `${silenceJson(silence, clock.now())}\n`);
}

/** DELETE /api/v2/silence/{id}: expires it; expiring again changes nothing. */
export async function deleteSilence({ engine }: ApiOptions, answer: Answer, id: string): Promise<void> {
  if (!isUuid(id)) return answerRefusal(answer, badId(id));
  const expired = await engine.expireSilence(id);
  if (expired.ok) return answerEmpty(answer, 200);
  const [issue] = expired.issues;
  if (issue?.code === 'not-found') return answerEmpty(answer, 404);
  answerMessage(answer, 500, issue?.message ?? '');
}

/** POST /api/v2/silences: creates, changes or replaces. Facts: reference "HTTP interface", section 8. */
export async function postSilence(api: ApiOptions, answer: Answer, body: Buffer): Promise<void> {
  const decoding = decodeValue(body);
  const decoded = decoding instanceof Promise ? await decoding : decoding;
  if ('error' in decoded)
    return answerRefusal(answer, decoded.error === 'EOF' ? SILENCE_REQUIRED : undecodableSilence(decoded.error));
  const posted = readSilence(decoded.value);
  if ('status' in posted) return answerRefusal(answer, posted);
  const draft = validateSilence(posted, api.matcherMode, api.clock.now());
  if (!draft.ok) return answerMessage(answer, 400, draft.issues[0]?.message ?? '');
  const set = await api.engine.setSilence(draft.value);
  if (set.ok) return answerJson(answer, 200, `{"silenceID":${jsonText(set.value)}}\n`);
  const [issue] = set.issues;
  answerMessage(answer, issue?.code === 'not-found' ? 404 : 400, issue?.message ?? '');
}
