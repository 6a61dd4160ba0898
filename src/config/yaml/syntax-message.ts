import type { ErrorCode } from 'yaml';

/** The parser's faults in the words that users of Alertmanager know: a piece of the parser's message → the words. */
const WORDS: readonly (readonly [code: ErrorCode, contains: string, words: string])[] = [
  ['BLOCK_AS_IMPLICIT_KEY', '', 'mapping values are not allowed in this context'],
  ['MULTILINE_IMPLICIT_KEY', '', 'mapping values are not allowed in this context'],
  ['TAB_AS_INDENT', '', 'found character that cannot start any token'],
  ['BAD_SCALAR_START', '', 'found character that cannot start any token'],
  ['BAD_DQ_ESCAPE', '', 'found unknown escape character'],
  ['BAD_ALIAS', 'empty', 'did not find expected alphabetic or numeric character'],
  ['BAD_INDENT', 'Flow sequence', "did not find expected ',' or ']'"],
  ['BAD_INDENT', 'Flow map', "did not find expected ',' or '}'"],
  ['BAD_INDENT', '', 'did not find expected key'],
  ['BLOCK_IN_FLOW', '', "did not find expected ',' or '}'"],
  ['MISSING_CHAR', 'quote', 'found unexpected end of stream'],
  ['MISSING_CHAR', 'Sequence item', 'did not find expected key'],
  ['MISSING_CHAR', 'followed by map values', "could not find expected ':'"],
  ['MULTIPLE_ANCHORS', '', 'did not find expected key'],
  ['MULTIPLE_TAGS', '', 'did not find expected key'],
  ['TAG_RESOLVE_FAILED', 'Verbatim', "did not find the expected '>'"],
  ['UNEXPECTED_TOKEN', 'block-seq-ind', 'block sequence entries are not allowed in this context'],
  ['UNEXPECTED_TOKEN', 'Block scalar header', 'did not find expected comment or line break'],
  ['UNEXPECTED_TOKEN', 'flow-', 'did not find expected node content'],
  ['UNEXPECTED_TOKEN', 'at node end', 'did not find expected key'],
];

export function explainSyntax(code: ErrorCode, message: string): string {
  const found = WORDS.find(([known, contains]) => known === code && message.includes(contains));
  return found?.[2] ?? message.replace(/ at line \d+, column \d+:[^]*$/, '');
}
