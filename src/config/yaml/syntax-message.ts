import type { ErrorCode } from 'yaml';

/** The parser's faults in the words that users of Alertmanager know, where there are such words. */
export function explainSyntax(code: ErrorCode, message: string): string {
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'mapping values are not allowed in this context';
    case 'TAB_AS_INDENT':
      return 'found character that cannot start any token';
    case 'MULTILINE_IMPLICIT_KEY':
      return "could not find expected ':'";
    case 'BAD_DQ_ESCAPE':
      return 'found unknown escape character';
    default:
      return message.replace(/ at line \d+, column \d+:[^]*$/, '');
  }
}
