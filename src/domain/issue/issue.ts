import type { IssueCode } from './codes.js';

/** Where in a file something was found. Both count from one. */
export interface Position {
  readonly file?: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with an input, said so that its author can mend it. */
export interface Issue {
  readonly code: IssueCode;
  /** Which part of the input: `route.routes[2].matchers[0]`. Empty for the whole. */
  readonly path: string;
  /** What is wrong, in Alertmanager's words where it has some. */
  readonly message: string;
  /** What would be right. */
  readonly hint?: string;
  readonly position?: Position;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly issues: readonly Issue[] };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (...issues: readonly Issue[]): Result<never> => ({ ok: false, issues });

/** `alertmanager.yml:12:5: route.receiver: undefined receiver "x" used in route (defined: a, b)` */
export function formatIssue(issue: Issue): string {
  const { position, path, message, hint } = issue;
  const where = position ? `${position.file ? `${position.file}:` : ''}${position.line}:${position.column}: ` : '';
  return `${where}${path ? `${path}: ` : ''}${message}${hint ? ` (${hint})` : ''}`;
}
