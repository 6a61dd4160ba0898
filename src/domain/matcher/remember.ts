/**
 * Keeps the answers of a slow test for the values seen first.
 *
 * Bound: 64 values of up to 256 characters for each matcher. When full, new values are computed and not kept, so that a
 * label with many values costs one look-up more and no churn; after many misses everything is forgotten, since the values
 * that matter have changed.
 */
const CAPACITY = 64;
const LONGEST = 256;
const PATIENCE = 4_096;

export function remember(test: (value: string) => boolean): (value: string) => boolean {
  const answers = new Map<string, boolean>();
  let misses = 0;
  return (value) => {
    const known = answers.get(value);
    if (known !== undefined) return known;
    const answer = test(value);
    if (value.length > LONGEST) return answer;
    if (answers.size >= CAPACITY && ++misses >= PATIENCE) {
      answers.clear();
      misses = 0;
    }
    if (answers.size < CAPACITY) answers.set(value, answer);
    return answer;
  };
}
