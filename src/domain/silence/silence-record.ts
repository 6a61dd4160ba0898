import { type Result, failed, ok } from '../issue/index.js';
import { type MatchOperator, type Matcher, createMatcher } from '../matcher/index.js';
import { isFields, isTextList, isTime } from '../record/index.js';
import type { Silence } from './silence.js';

/**
 * How a silence is kept on disk and sent to other nodes, as JSON. Fields are only ever added.
 *
 *   id, createdBy, comment        texts
 *   matcherSets                   for each set its matchers, each `[name, operator, value]`
 *   startsAt, endsAt, updatedAt   milliseconds
 *   annotations                   names and values in turn
 *
 * Written by hand: the engine takes twice as long for so many small parts.
 */
export function silenceToJson(silence: Silence): string {
  const { id, matcherSets, startsAt, endsAt, updatedAt, createdBy, comment, annotations } = silence;
  return (
    `{"id":${textJson(id)},"matcherSets":[${joined(matcherSets, setJson)}]` +
    `,"startsAt":${startsAt},"endsAt":${endsAt},"updatedAt":${updatedAt}` +
    `,"createdBy":${textJson(createdBy)},"comment":${textJson(comment)},"annotations":[${joined(namesAndValues(annotations), textJson)}]}`
  );
}

const setJson = (matchers: readonly Matcher[]): string => `[${joined(matchers, matcherJson)}]`;

const matcherJson = ({ name, operator, value }: Matcher): string =>
  `[${textJson(name)},"${operator}",${textJson(value)}]`;

function joined<T>(items: readonly T[], jsonOf: (item: T) => string): string {
  let json = '';
  for (const item of items) json += json === '' ? jsonOf(item) : `,${jsonOf(item)}`;
  return json;
}

function namesAndValues(annotations: Silence['annotations']): string[] {
  const texts: string[] = [];
  for (const name in annotations) texts.push(name, annotations[name] as string);
  return texts;
}

const textJson = (text: string): string => (PLAIN.test(text) ? `"${text}"` : JSON.stringify(text));

/** Texts that are their own JSON, which most are. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Nothing of the record is trusted. What only people read may be missing; what decides about muting may not. */
export function silenceFromRecord(record: unknown): Result<Silence> {
  if (!isFields(record)) return damaged('it is no record');
  const { id, startsAt, endsAt, updatedAt, createdBy, comment } = record;
  if (typeof id !== 'string' || id === '') return damaged('it has no id');
  if (!isTime(startsAt) || !isTime(endsAt) || !isTime(updatedAt)) return damaged(`silence ${id} has no valid times`);
  const matcherSets = readList(record['matcherSets'], readMatchers);
  if (matcherSets === undefined) return damaged(`silence ${id} has no valid matchers`);
  return ok({
    id,
    matcherSets,
    startsAt,
    endsAt,
    updatedAt,
    createdBy: typeof createdBy === 'string' ? createdBy : '',
    comment: typeof comment === 'string' ? comment : '',
    annotations: readAnnotations(record['annotations']),
  });
}

const readMatchers = (value: unknown): Matcher[] | undefined => readList(value, readMatcher);

function readMatcher(value: unknown): Matcher | undefined {
  if (!isTextList(value) || value.length !== 3) return undefined;
  const [name, operator, text] = value as [string, string, string];
  if (name === '' || !isOperator(operator)) return undefined;
  const matcher = createMatcher(operator, name, text);
  return matcher.ok ? matcher.value : undefined;
}

/** Undefined as soon as one element is damaged: a silence with fewer matchers would mute more. */
function readList<T>(value: unknown, read: (element: unknown) => T | undefined): T[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const list: T[] = [];
  for (const element of value) {
    const item = read(element);
    if (item === undefined) return undefined;
    list.push(item);
  }
  return list;
}

function readAnnotations(value: unknown): Record<string, string> {
  // Without a prototype, so that a name like `__proto__` is a name.
  const annotations = Object.create(null) as Record<string, string>;
  if (!isTextList(value)) return annotations;
  for (let i = 0; i + 1 < value.length; i += 2) annotations[value[i] as string] = value[i + 1] as string;
  return annotations;
}

const OPERATORS: ReadonlySet<string> = new Set<MatchOperator>(['=', '!=', '=~', '!~']);
const isOperator = (text: string): text is MatchOperator => OPERATORS.has(text);

const damaged = (what: string): Result<never> =>
  failed({ code: 'invalid-silence', path: '', message: `damaged silence record: ${what}` });
