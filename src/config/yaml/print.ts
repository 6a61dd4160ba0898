/** A value on its way to YAML text. Maps print in their own order; a float prints as Go's shortest form. */
export type Printed =
  string | boolean | null | bigint | PrintedFloat | readonly Printed[] | { readonly entries: readonly PrintedEntry[] };

export type PrintedEntry = readonly [key: Printed, value: Printed];

export interface PrintedFloat {
  readonly float: number;
}
