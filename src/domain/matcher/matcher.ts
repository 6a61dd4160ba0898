export type MatchOperator = '=' | '!=' | '=~' | '!~';

/** One condition on one label. A label that is not there has the empty value. */
export interface Matcher {
  readonly name: string;
  readonly operator: MatchOperator;
  /** The value or the regular expression as written, without anchors. */
  readonly value: string;
  /** Whether a value fulfils it. Linear in the value's length, whatever the expression. */
  matches(value: string): boolean;
  /**
   * The values that it accepts, when these are a known few (`=`, or an alternation of literals). What indexes are made of;
   * undefined when only `matches` can tell.
   */
  readonly literals: readonly string[] | undefined;
  /** Of which each value that it accepts begins with one; none when that is not known, or when the values themselves are. */
  readonly prefixes: readonly string[];
}
