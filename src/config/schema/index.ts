/** Placeholder face of the schema kit: the shape that receivers lean on. */
export interface ObjectSchema<T> {
  readonly __type?: T;
}
