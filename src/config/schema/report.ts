import type { IssueCode } from '../../domain/issue/index.js';

/** How an object's own rules speak up. `key` is the YAML key at fault; undefined for the object as a whole. */
export type Report = (code: IssueCode, key: string | undefined, message: string, hint?: string) => void;
