/** What a function may know besides its arguments. */
import type { Instant } from '../../time/index.js';

export interface RenderContext {
  readonly now: Instant;
  /** Counts work, in units of about 100 nanoseconds, that is not a step of the template itself; throws where the budget is spent. */
  charge(units: number): void;
  /** The value of a route label; throws FunctionError. */
  routeLabel(name: string): string;
}
