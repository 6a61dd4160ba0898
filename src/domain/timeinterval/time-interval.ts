/** An inclusive range of whole numbers. */
export interface Range {
  readonly begin: number;
  readonly end: number;
}

/** Minutes of the day, the end exclusive. */
export interface TimeRange {
  readonly startMinute: number;
  readonly endMinute: number;
}

/** A moment is inside when every field that is given has an element that holds it. A given but empty list never does. */
export interface TimeInterval {
  readonly times?: readonly TimeRange[];
  /** 0 is Sunday. */
  readonly weekdays?: readonly Range[];
  /** Negative days count from the end of the month. */
  readonly daysOfMonth?: readonly Range[];
  readonly months?: readonly Range[];
  readonly years?: readonly Range[];
  /** IANA name; UTC when not given. */
  readonly location?: string;
}
