/** Settings that hold matchers: the lists of today and the deprecated maps. */
import {
  type Matcher,
  compareMatchers,
  compileAnchored,
  createMatcher,
  formatMatcher,
  parseMatchers,
  quoteGo,
} from '../../domain/matcher/index.js';
import { isClassicName } from '../../domain/labels/index.js';
import {
  type Field,
  type FieldOptions,
  REFUSED,
  type Report,
  list,
  map,
  refuse,
  scalar,
  text,
} from '../schema/index.js';

const matcherText = list(text({ default: '' }));

/** A list of texts, each with one or more matchers; kept sorted by name, value and operator. */
export function matchers(options: FieldOptions): Field<readonly Matcher[]> {
  return {
    ...options,
    kind: 'matchers',
    initial: [],
    zero: [],
    of: matcherText,
    decode(node, path, decoder) {
      const lines = matcherText.decode(node, path, decoder);
      if (lines === REFUSED) return REFUSED;
      const nodes = decoder.visit(node, path, (target) => (target.kind === 'sequence' ? target.items : []));
      const found: Matcher[] = [];
      lines.forEach((line, index) => {
        const parsed = parseMatchers(line, decoder.options.mode);
        const at = nodes[index] ?? node;
        if (!parsed.ok) return void refuse(at, `${path}[${index}]`, decoder, parsed);
        found.push(...parsed.value.matchers);
        for (const { message, suggestion } of parsed.value.warnings) {
          decoder.warn(
            at,
            `${path}[${index}]`,
            `${message}: ${line}${suggestion === undefined ? '' : ` → ${suggestion}`}`,
          );
        }
      });
      return found.sort(compareMatchers);
    },
    encode: (value) => (value.length === 0 ? undefined : value.map(formatMatcher)),
  };
}

/** Deprecated: label names to values. */
export const matchMap = (options: FieldOptions): Field<ReadonlyMap<string, string>> =>
  map(text({ default: '' }), options);

/** Deprecated: label names to regular expressions, kept as they are written. */
export function matchRegexMap(options: FieldOptions): Field<ReadonlyMap<string, string>> {
  const regexes = map(regex, { ...options, goType: 'common.plain' });
  return {
    ...options,
    kind: 'map',
    initial: new Map(),
    zero: new Map(),
    of: regex,
    decode(node, path, decoder) {
      const read = regexes.decode(node, path, decoder);
      if (read === REFUSED) return REFUSED;
      const valid = new Map<string, string>();
      for (const [name, pattern] of read) {
        if (!isClassicName(name)) {
          decoder.refuse(
            'invalid-label',
            node.position,
            path,
            `invalid label name ${quoteGo(name)}`,
            CLASSIC_NAME_HINT,
          );
        } else if (pattern === undefined) {
          decoder.refuse(
            'invalid-regex',
            node.position,
            `${path}.${name}`,
            `invalid regexp value for ${quoteGo(name)}`,
          );
        } else valid.set(name, pattern);
      }
      return valid;
    },
    encode: (value) => regexes.encode(value),
  };
}

const regex: Field<string | undefined> = scalar<string | undefined>(
  {
    kind: 'regex',
    initial: undefined,
    zero: undefined,
    goType: 'string',
    read(node, path, decoder) {
      const pattern = decoder.textOf(node, path);
      const compiled = compileAnchored(pattern);
      return compiled.ok ? pattern : refuse(node, path, decoder, compiled);
    },
    print: (value) => value || undefined,
  },
  { help: 'Regular expression, anchored at both ends.' },
);

const CLASSIC_NAME_HINT = 'letters, digits and underscores; use matchers for other names';

/** Names in the deprecated maps are of the classic kind in every mode. */
export function checkMatchNames(report: Report, key: string, match: ReadonlyMap<string, string>): void {
  for (const name of match.keys()) {
    if (!isClassicName(name)) report('invalid-label', key, `invalid label name ${quoteGo(name)}`, CLASSIC_NAME_HINT);
  }
}

/** All three forms together, sorted. A regular expression of the deprecated kind shows its anchors in keys and ids. */
export function allMatchers(
  match: ReadonlyMap<string, string>,
  matchRegex: ReadonlyMap<string, string>,
  parsed: readonly Matcher[],
): readonly Matcher[] {
  const fromMaps = [
    ...[...match].map(([name, value]) => createMatcher('=', name, value)),
    ...[...matchRegex].map(([name, pattern]) => createMatcher('=~', name, `^(?:${pattern})$`)),
  ];
  // The expressions were compiled when they were read, so none is missing here.
  return [...fromMaps.flatMap((made) => (made.ok ? [made.value] : [])), ...parsed].sort(compareMatchers);
}
