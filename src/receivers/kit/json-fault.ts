/** What is wrong with an answer that should have been a JSON object, in Go's words where it fails at its very beginning. */
export function describeJsonFault(text: string): string {
  const [first] = text.trimStart();
  if (first === undefined) return 'unexpected end of JSON input';
  if (/[[{"\d\-tfn]/.test(first)) return 'the answer is no JSON object';
  return `invalid character '${first}' looking for beginning of value`;
}
