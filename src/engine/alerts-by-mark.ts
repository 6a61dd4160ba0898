import type { KnownAlert } from './group.js';

/** A power of two, as all capacities are. */
const FIRST_CAPACITY = 64;

/**
 * Finds an alert by the mark of its latest report (engine.ts, ReportHints), which each report of each evaluation asks for.
 *
 * The marks stand in one row of numbers, each at the place that its low bits name or soon behind it: a look-up touches
 * one place of memory, where a Map goes by three. Nought is a free place.
 * Bound: four places for each alert of the time when there were most.
 */
export class AlertsByMark {
  #marks = new Float64Array(FIRST_CAPACITY);
  #alerts = empty(FIRST_CAPACITY);
  #size = 0;

  find(mark: number): KnownAlert | undefined {
    return this.#alerts[this.#placeOf(mark)];
  }

  set(mark: number, known: KnownAlert): void {
    if (2 * this.#size >= this.#marks.length) this.#grow();
    const place = this.#placeOf(mark);
    if (this.#marks[place] === 0) this.#size++;
    this.#put(place, mark, known);
  }

  delete(mark: number): void {
    const place = this.#placeOf(mark);
    if (this.#marks[place] === 0) return;
    this.#size--;
    this.#put(this.#closeGap(place), 0, undefined);
  }

  /** Where it is, or where it would be. */
  #placeOf(mark: number): number {
    const marks = this.#marks;
    let place = this.#home(mark);
    while (marks[place] !== 0 && marks[place] !== mark) place = this.#next(place);
    return place;
  }

  /** Moves up those behind that would no longer be found. Answers the place that is free then. */
  #closeGap(gap: number): number {
    const distance = (from: number, to: number): number => (to - from) & (this.#marks.length - 1);
    let free = gap;
    for (let place = this.#next(gap); this.#marks[place] !== 0; place = this.#next(place)) {
      const mark = this.#marks[place] as number;
      if (distance(this.#home(mark), place) < distance(free, place)) continue;
      this.#put(free, mark, this.#alerts[place]);
      free = place;
    }
    return free;
  }

  #grow(): void {
    const [marks, alerts] = [this.#marks, this.#alerts];
    this.#marks = new Float64Array(2 * marks.length);
    this.#alerts = empty(2 * marks.length);
    marks.forEach((mark, place) => {
      if (mark !== 0) this.#put(this.#placeOf(mark), mark, alerts[place]);
    });
  }

  #put(place: number, mark: number, known: KnownAlert | undefined): void {
    this.#marks[place] = mark;
    this.#alerts[place] = known;
  }

  #home(mark: number): number {
    return mark & (this.#marks.length - 1);
  }

  #next(place: number): number {
    return (place + 1) & (this.#marks.length - 1);
  }
}

function empty(length: number): (KnownAlert | undefined)[] {
  const places: (KnownAlert | undefined)[] = [];
  for (let place = 0; place < length; place++) places.push(undefined);
  return places;
}
