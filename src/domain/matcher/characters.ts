/** White space as Go's unicode package sees it: JavaScript's differs in U+0085 and U+FEFF. */
const SPACES: ReadonlySet<number> = new Set([
  0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006,
  0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
]);

const RESERVED: ReadonlySet<number> = new Set([...'{}!=~,\\"\'`'].map((char) => char.charCodeAt(0)));

/** All white space lies in the first plane, so that one UTF-16 unit is enough to tell. */
export const isSpace = (unit: number): boolean => SPACES.has(unit);

/** Characters that end an unquoted name or value, and that make a printed name be quoted. */
export const isReserved = (unit: number): boolean => RESERVED.has(unit) || SPACES.has(unit);

export function hasReserved(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (isReserved(text.charCodeAt(i))) return true;
  return false;
}

/** Cuts Go's white space off both ends. */
export function trimSpace(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return text.slice(start, end);
}
