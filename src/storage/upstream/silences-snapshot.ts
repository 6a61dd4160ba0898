import { type MatchOperator, type Matcher, createMatcher } from '../../domain/matcher/index.js';
import type { Silence } from '../../domain/silence/index.js';
import { type Duration, plus } from '../../domain/time/index.js';
import { WireError, type WireMessage, WireWriter, withLength } from './protobuf.js';
import { readSnapshot } from './snapshot.js';
import { readTimestamp, writeTimestamp } from './timestamp.js';

export interface SilencesSnapshot {
  readonly silences: readonly Silence[];
  readonly problems: readonly string[];
}

/** Alertmanager numbers them so. */
const OPERATORS: readonly MatchOperator[] = ['=', '=~', '!=', '!~'];

/**
 * Alertmanager's `silences` file. Files before 0.32 know one set of matchers (field 2); later ones write the sets to field
 * 11 and a copy of the first to field 2 for old readers. Very old ones keep author and comment in a list (field 7).
 */
export function readSilencesSnapshot(bytes: Buffer): SilencesSnapshot {
  const { entries, problems } = readSnapshot(bytes, readSilence);
  return { silences: entries, problems };
}

/** The way back: what Alertmanager, old or new, loads. It forgets a silence when `retention` is over after its end. */
export const writeSilencesSnapshot = (silences: readonly Silence[], retention: Duration): Buffer =>
  Buffer.concat(
    silences.map((silence) =>
      withLength(
        new WireWriter().message(1, writeSilence(silence)).message(2, writeTimestamp(plus(silence.endsAt, retention))),
      ),
    ),
  );

function readSilence(mesh: WireMessage): Silence {
  const silence = mesh.message(1);
  if (!silence) throw new WireError('no silence in it');
  const id = silence.text(1);
  if (id === '') throw new WireError('a silence without an id');
  const legacy = silence.messages(7)[0];
  const sets = silence.messages(11);
  const flat = silence.messages(2);
  const written = sets.length > 0 ? sets.map((set) => set.messages(1)) : flat.length > 0 ? [flat] : [];
  if (written.length === 0) throw new WireError(`silence ${id} has no matchers`);
  return {
    id,
    matcherSets: written.map((matchers) => matchers.map((matcher) => readMatcher(matcher, id))),
    startsAt: readTimestamp(silence.message(3)),
    endsAt: readTimestamp(silence.message(4)),
    updatedAt: readTimestamp(silence.message(5)),
    createdBy: legacy?.text(1) ?? silence.text(8),
    comment: legacy?.text(2) ?? silence.text(9),
    annotations: readAnnotations(silence),
  };
}

function readMatcher(message: WireMessage, id: string): Matcher {
  const type = Number(message.integer(1) ?? 0n);
  const operator = OPERATORS[type];
  if (!operator) throw new WireError(`silence ${id} has a matcher of the unknown type ${type}`);
  const matcher = createMatcher(operator, message.text(2), message.text(3));
  if (!matcher.ok) throw new WireError(`silence ${id}: ${matcher.issues.map((issue) => issue.message).join('; ')}`);
  return matcher.value;
}

function readAnnotations(silence: WireMessage): Readonly<Record<string, string>> {
  // Without a prototype: the names are the user's.
  const annotations = Object.create(null) as Record<string, string>;
  for (const entry of silence.messages(10)) annotations[entry.text(1)] = entry.text(2);
  return annotations;
}

function writeSilence(silence: Silence): WireWriter {
  const writer = new WireWriter().text(1, silence.id);
  for (const matcher of silence.matcherSets[0] ?? []) writer.message(2, writeMatcher(matcher));
  writer
    .message(3, writeTimestamp(silence.startsAt))
    .message(4, writeTimestamp(silence.endsAt))
    .message(5, writeTimestamp(silence.updatedAt))
    .text(8, silence.createdBy)
    .text(9, silence.comment);
  for (const [name, value] of Object.entries(silence.annotations))
    writer.message(10, new WireWriter().text(1, name).text(2, value));
  for (const matchers of silence.matcherSets) {
    const set = new WireWriter();
    for (const matcher of matchers) set.message(1, writeMatcher(matcher));
    writer.message(11, set);
  }
  return writer;
}

const writeMatcher = ({ operator, name, value }: Matcher): WireWriter =>
  new WireWriter()
    .integer(1, BigInt(OPERATORS.indexOf(operator)))
    .text(2, name)
    .text(3, value);
