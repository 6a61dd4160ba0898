import type { MatchOperator } from '../../domain/matcher/index.js';
import type { MatcherInput, SilenceInput } from '../../domain/silence/index.js';
import type { Instant } from '../../domain/time/index.js';
import { type Refusal, refusal } from './answers.js';
import { foldName, isObject, wellFormed, wrongField, wrongValue } from './go-kinds.js';
import { readMoment } from './moment-reader.js';

/**
 * The body of POST /api/v2/silences, checked by hand: decoding first, then what is required, in Alertmanager's order.
 * Facts: reference "HTTP interface", sections 3 and 7.7.
 */
interface PostedSilence {
  readonly id: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly createdBy: string;
  readonly comment: string;
  /** Without a prototype: names are the client's. */
  readonly annotations: Readonly<Record<string, string>>;
}

interface PostedMatcher {
  readonly name: string;
  readonly value: string;
  readonly isRegex: boolean;
  readonly isEqual: boolean;
}

export const SILENCE_REQUIRED = refusal(422, 'silence in body is required', 602);
export const undecodableSilence = (reason: string): Refusal =>
  refusal(400, `parsing silence body from "" failed, because ${reason}`);

export function readSilence(value: unknown): SilenceInput | Refusal {
  if (value === null) return NULL.result();
  if (!isObject(value)) return undecodableSilence(wrongValue(value, 'struct { ID string "json:\\"id,omitempty\\"" }'));
  const reading = new Reading();
  for (const name of Object.keys(value)) reading.take(name, value[name]);
  return reading.result();
}

type Draft<T> = { -readonly [K in keyof T]?: T[K] | undefined };

class Reading {
  /** All members from the start, here and below: an object that gets them one by one by name is slow to make and to read. */
  readonly #silence: Draft<PostedSilence> = {
    id: undefined,
    startsAt: undefined,
    endsAt: undefined,
    createdBy: undefined,
    comment: undefined,
    annotations: undefined,
  };
  #matchers: (Draft<PostedMatcher> | null)[] | undefined;
  #firstPass: string | undefined;
  #secondPass: string | undefined;

  take(name: string, value: unknown): void {
    const known = MEMBERS.get(name) ?? MEMBERS.get(foldName(name));
    switch (known) {
      case 'id':
        if (typeof value === 'string') this.#silence.id = wellFormed(value);
        else if (value !== null) this.#firstPass ??= wrongField(value, '.id', 'string');
        return;
      case 'comment':
      case 'createdBy':
        this.#silence[known] = this.#text(`Silence.${known}`, value, this.#silence[known]);
        return;
      case 'startsAt':
      case 'endsAt':
        this.#silence[known] = this.#time(`Silence.${known}`, value, this.#silence[known]);
        return;
      case 'annotations':
        this.#takeAnnotations(value);
        return;
      case 'matchers':
        this.#takeMatchers(value);
        return;
    }
  }

  result(): SilenceInput | Refusal {
    const fault = this.#firstPass ?? this.#secondPass;
    if (fault !== undefined) return undecodableSilence(fault);
    const { id = '', comment, createdBy, endsAt, startsAt, annotations } = this.#silence;
    if (comment === undefined) return required('comment');
    if (createdBy === undefined) return required('createdBy');
    if (endsAt === undefined) return required('endsAt');
    const matchers = checkMatchers(this.#matchers);
    if ('status' in matchers) return matchers;
    if (startsAt === undefined) return required('startsAt');
    return {
      id,
      comment,
      createdBy,
      endsAt,
      startsAt,
      matcherSets: [matchers],
      annotations: annotations ?? NO_ANNOTATIONS,
    };
  }

  #takeAnnotations(value: unknown): void {
    if (value === null) this.#silence.annotations = undefined;
    else if (!isObject(value)) this.#fail(wrongField(value, 'Silence.annotations', 'models.LabelSet'));
    else {
      const annotations: Record<string, string> = Object.assign(Object.create(null), this.#silence.annotations);
      for (const name of Object.keys(value))
        annotations[wellFormed(name)] = this.#text('Silence.annotations', value[name], '') ?? '';
      this.#silence.annotations = annotations;
    }
  }

  #takeMatchers(value: unknown): void {
    if (value === null) this.#matchers = undefined;
    else if (!Array.isArray(value)) this.#fail(wrongField(value, 'Silence.matchers', 'models.Matchers'));
    else {
      // Pushed one by one: what `map` makes is of another kind to the engine once this is compiled.
      this.#matchers = [];
      for (const item of value) this.#matchers.push(this.#matcher(item));
    }
  }

  #matcher(value: unknown): Draft<PostedMatcher> | null {
    if (value === null) return null;
    const matcher: Draft<PostedMatcher> = { name: undefined, value: undefined, isRegex: undefined, isEqual: undefined };
    if (!isObject(value)) this.#fail(wrongField(value, 'Silence.matchers', 'models.Matcher'));
    else for (const name of Object.keys(value)) this.#takeMatcherMember(matcher, name, value[name]);
    return matcher;
  }

  #takeMatcherMember(matcher: Draft<PostedMatcher>, name: string, value: unknown): void {
    const known = MATCHER_MEMBERS.get(name) ?? MATCHER_MEMBERS.get(foldName(name));
    if (known === undefined) return;
    if (known === 'name' || known === 'value')
      matcher[known] = this.#text(`Matcher.matchers.${known}`, value, matcher[known]);
    else if (value === null) matcher[known] = undefined;
    else if (typeof value === 'boolean') matcher[known] = value;
    else this.#fail(wrongField(value, `Matcher.matchers.${known}`, 'bool'));
  }

  #text(field: string, value: unknown, before: string | undefined): string | undefined {
    if (value === null) return undefined;
    if (typeof value === 'string') return wellFormed(value);
    this.#fail(wrongField(value, field, 'string'));
    return before;
  }

  #time(field: string, value: unknown, before: Instant | undefined): Instant | undefined {
    if (value === null) return undefined;
    if (typeof value !== 'string') {
      this.#fail(wrongField(value, field, 'string'));
      return before;
    }
    const moment = readMoment(value);
    if (typeof moment !== 'string') return moment.at;
    this.#fail(moment);
    return before;
  }

  #fail(fault: string): void {
    this.#secondPass ??= fault;
  }
}

/** Of a silence in which nothing is said. It is always there, and with it what was compiled for its kind (engine/flush.ts). */
const NULL = new Reading();

function checkMatchers(matchers: readonly (Draft<PostedMatcher> | null)[] | undefined): MatcherInput[] | Refusal {
  if (!matchers) return required('matchers');
  if (matchers.length === 0) return refusal(422, 'matchers in body should have at least 1 items', 612);
  const checked: MatcherInput[] = [];
  for (const [i, matcher] of matchers.entries()) {
    if (matcher === null) return required(`matchers.${i}`);
    const { isRegex, name, value, isEqual } = matcher;
    if (isRegex === undefined) return required(`matchers.${i}.isRegex`);
    if (name === undefined) return required(`matchers.${i}.name`);
    if (value === undefined) return required(`matchers.${i}.value`);
    checked.push({ name, value, operator: operatorOf(isRegex, isEqual ?? true) });
  }
  return checked;
}

const operatorOf = (isRegex: boolean, isEqual: boolean): MatchOperator =>
  isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';

const required = (path: string): Refusal => refusal(422, `${path} in body is required`, 602);

const NO_ANNOTATIONS: Readonly<Record<string, string>> = Object.freeze(Object.create(null));

type Member = keyof PostedSilence | 'matchers';

/** By the names as they are mostly written, and as they are when case is folded. */
const byName = <T extends string>(names: readonly T[]): ReadonlyMap<string, T> =>
  new Map(names.flatMap((name) => [name, foldName(name)].map((written) => [written, name])));

const MEMBERS = byName<Member>(['id', 'matchers', 'startsAt', 'endsAt', 'createdBy', 'comment', 'annotations']);
const MATCHER_MEMBERS = byName<keyof PostedMatcher>(['name', 'value', 'isRegex', 'isEqual']);
