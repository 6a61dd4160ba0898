/** Words of Go's JSON decoder for values of the wrong kind, and its loose way with the names of members. */
export const kindOf = (value: unknown): string => {
  if (Array.isArray(value)) return 'array';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'number':
      return 'number';
    case 'boolean':
      return 'bool';
    default:
      return 'object';
  }
};

export const wrongValue = (value: unknown, goType: string): string =>
  `json: cannot unmarshal ${kindOf(value)} into Go value of type ${goType}`;

export const wrongField = (value: unknown, field: string, goType: string): string =>
  `json: cannot unmarshal ${kindOf(value)} into Go struct field ${field} of type ${goType}`;

/** Names are compared without case; the long s is the one letter that lower-casing leaves different. */
export const foldName = (name: string): string => name.toLowerCase().replaceAll('\u017f', 's');

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A lone half of a surrogate pair, which only an escape can bring in. */
export const wellFormed = (text: string): string => (text.isWellFormed() ? text : text.toWellFormed());
