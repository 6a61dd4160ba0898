/**
 * A look at a regular expression before it is compiled: how many states it asks for, and whether its groups are its own.
 *
 * One pass over the text, no tree. The count follows groups and `{n,m}`, the only thing that makes a program longer than
 * its text; where the syntax is odd it counts too much rather than too little. Whether the text is valid is not asked here.
 */
export function programSize(expression: string): number {
  return scan(expression).size;
}

/** False when a `)` in it closes a group that was opened before it. */
export function isWrappable(expression: string): boolean {
  return scan(expression).balanced;
}

interface Frame {
  /** States of what is complete in this group, and of the element just read: a repetition applies to that one. */
  done: number;
  last: number;
}

const COUNTED_REPEAT = /\{(\d{1,9})(?:(,)(\d{1,9})?)?\}/y;

function scan(expression: string): { size: number; balanced: boolean } {
  const outer: Frame[] = [];
  let frame: Frame = { done: 0, last: 0 };
  let balanced = true;
  const element = (size: number): void => {
    frame.done += frame.last;
    frame.last = size;
  };
  for (let i = 0; i < expression.length; i++) {
    const char = expression[i];
    if (char === '\\') {
      if (expression[i + 1] === 'Q') {
        const end = expression.indexOf('\\E', i + 2);
        const last = end < 0 ? expression.length : end;
        element(last - i);
        i = last + 1;
      } else {
        element(1);
        i++;
      }
    } else if (char === '[') {
      element(1);
      i = endOfClass(expression, i);
    } else if (char === '(') {
      outer.push(frame);
      frame = { done: 2, last: 0 };
    } else if (char === ')') {
      const size = frame.done + frame.last;
      const parent = outer.pop();
      if (parent === undefined) balanced = false;
      frame = parent ?? { done: 0, last: 0 };
      element(size);
    } else if (char === '{') {
      COUNTED_REPEAT.lastIndex = i;
      const repeat = COUNTED_REPEAT.exec(expression);
      if (repeat) {
        frame.last = (frame.last + 1) * timesRepeated(repeat);
        i += repeat[0].length - 1;
      } else element(1);
    } else element(1);
  }
  let size = frame.done + frame.last;
  for (const open of outer) size += open.done + open.last;
  return { size, balanced };
}

/** More than 1000 times is an error that costs nothing, and better told by the engine. */
function timesRepeated([, least, comma, most]: RegExpExecArray): number {
  const times = Number(most || least);
  return times > 1_000 ? 1 : Math.max(1, comma ? times + 1 : times);
}

/** Where `[…]` ends: a `]` in first place is a member, and so is all of `[:alpha:]`. */
function endOfClass(expression: string, start: number): number {
  let i = start + 1;
  if (expression[i] === '^') i++;
  if (expression[i] === ']') i++;
  for (; i < expression.length && expression[i] !== ']'; i++) {
    if (expression[i] === '\\') i++;
    else if (expression[i] === '[' && expression[i + 1] === ':') {
      const end = expression.indexOf(':]', i + 2);
      if (end >= 0) i = end + 1;
    }
  }
  return i;
}
