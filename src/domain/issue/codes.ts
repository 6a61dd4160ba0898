/**
 * The one catalogue of codes. Each is documented in docs/errors.md; a test compares both ways. Codes are never reused.
 */
export const ISSUE_CODES = {
  'yaml-syntax': 'The text is not YAML.',
  'unknown-key': 'A key that this place does not have.',
  'duplicate-key': 'The same key twice in one mapping.',
  'wrong-type': 'A value of another kind than this place takes.',
  'missing-value': 'Something required is not there.',
  'invalid-value': 'A value of the right kind that this place does not accept.',
  'conflicting-values': 'Two settings that exclude each other.',
  'undefined-name': 'A name that is used but nowhere defined.',
  'duplicate-name': 'A name that is defined twice.',
  'invalid-matcher': 'A matcher that does not parse.',
  'invalid-regex': 'A regular expression that does not compile (RE2 syntax).',
  'invalid-duration': 'A duration that does not parse.',
  'invalid-time': 'A time that does not parse.',
  'invalid-url': 'A URL that does not parse or has the wrong scheme.',
  'invalid-template': 'A template that does not parse.',
  'invalid-interval': 'A time interval that does not parse.',
  'invalid-label': 'A label name or value that is not allowed.',
  'invalid-silence': 'A silence that cannot be accepted.',
  'invalid-alert': 'An alert that cannot be accepted.',
  'not-found': 'Something with this id does not exist.',
  'limit-exceeded': 'A configured limit would be exceeded.',
  'unreadable-file': 'A file that cannot be read.',
} as const;

export type IssueCode = keyof typeof ISSUE_CODES;
