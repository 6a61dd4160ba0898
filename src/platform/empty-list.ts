/**
 * A list that will hold objects. One that has never held anything is of another kind to the engine, and code that was made for
 * lists of objects is undone by it.
 */
export function emptyList<T extends object>(): T[] {
  const list = [{} as T];
  list.pop();
  return list;
}
