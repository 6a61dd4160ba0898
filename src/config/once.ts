/** A text that is made when it is first asked for. Afterwards nothing is held of what it was made of. */
export function once(make: () => string): () => string {
  let known: string | undefined;
  let pending: (() => string) | undefined = make;
  return () => {
    if (pending) known = pending();
    pending = undefined;
    return known as string;
  };
}
