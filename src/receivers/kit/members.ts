/** Members of messages that are left out when there is nothing in them. */
import type { Renderer } from './renderer.js';

export interface FieldTexts {
  text(source: string | undefined): string;
  /** Undefined when nothing comes out. */
  filled(source: string | undefined): string | undefined;
}

export const fieldTexts = (renderer: Renderer): FieldTexts => ({
  text: (source) => renderer.text(source ?? ''),
  filled: (source) => renderer.text(source ?? '') || undefined,
});

/** A list of the configuration may hold nothing in places. */
export const withoutNulls = <T>(list: readonly (T | undefined)[]): readonly T[] =>
  list.filter((item) => item !== undefined);

export const someOf = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
