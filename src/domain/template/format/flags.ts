/** What stands between `%` and the verb. */
export interface Flags {
  hasWidth: boolean;
  width: number;
  precision: number | undefined;
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  /** `%+v` and `%#v` print structs differently instead of changing numbers. */
  plusV: boolean;
  sharpV: boolean;
  /** Inside a complaint about a verb: types do not print themselves. */
  complaining: boolean;
}

export const DEFAULT_FLAGS: Readonly<Flags> = {
  hasWidth: false,
  width: 0,
  precision: undefined,
  minus: false,
  plus: false,
  sharp: false,
  space: false,
  zero: false,
  plusV: false,
  sharpV: false,
  complaining: false,
};
