/** How names and matchers are read: `--enable-feature` decides. `fallback` tries both grammars (the default). */
export type MatcherMode = 'fallback' | 'classic' | 'utf8';

const CLASSIC_NAME = /^[a-zA-Z_][a-zA-Z0-9_]*$/;

/** In UTF-8 modes any non-empty text that is valid Unicode. */
export function isLabelName(name: string, mode: MatcherMode): boolean {
  return mode === 'classic' ? CLASSIC_NAME.test(name) : name !== '' && isValidText(name);
}

export const isLabelValue = (value: string): boolean => isValidText(value);

export const isClassicName = (name: string): boolean => CLASSIC_NAME.test(name);

/** A lone surrogate has no UTF-8 form. */
const isValidText = (text: string): boolean => text.isWellFormed();
