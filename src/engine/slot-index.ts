/** A power of two, as all capacities are. */
const FIRST_CAPACITY = 64;

/**
 * Finds the slots of a table by a hash of what stands in them. What that is only the table knows, so it is the table that goes
 * from the home of a hash from place to place and compares, until one is free.
 *
 * The numbers stand in one row, each at the place that the low bits of its hash name or soon behind it: four bytes for a
 * place, and no object.
 * Bound: four places for each slot of the time when there were most.
 */
export class SlotIndex {
  /** One more than the slot; nought is a free place. */
  #places = new Int32Array(FIRST_CAPACITY);
  #size = 0;

  /** `hashOf` is asked about slots that are in here. */
  constructor(private readonly hashOf: (slot: number) => number) {}

  home(hash: number): number {
    return hash & (this.#places.length - 1);
  }

  next(place: number): number {
    return (place + 1) & (this.#places.length - 1);
  }

  /** Below nought where nothing is. */
  slotAt(place: number): number {
    return (this.#places[place] as number) - 1;
  }

  /** Of a slot that is not in here. */
  add(slot: number): void {
    if (2 * ++this.#size > this.#places.length) this.#grow();
    this.#put(slot);
  }

  /** Of a slot that is in here, and has its hash as yet. */
  remove(slot: number): void {
    let place = this.home(this.hashOf(slot));
    while (this.slotAt(place) !== slot) place = this.next(place);
    this.#size--;
    this.#places[this.#closeGap(place)] = 0;
  }

  /** Moves up those behind that would no longer be found. Answers the place that is free then. */
  #closeGap(gap: number): number {
    const distance = (from: number, to: number): number => (to - from) & (this.#places.length - 1);
    let free = gap;
    for (let place = this.next(gap); this.slotAt(place) >= 0; place = this.next(place)) {
      const home = this.home(this.hashOf(this.slotAt(place)));
      if (distance(home, place) < distance(free, place)) continue;
      this.#places[free] = this.#places[place] as number;
      free = place;
    }
    return free;
  }

  #grow(): void {
    const places = this.#places;
    this.#places = new Int32Array(2 * places.length);
    for (let place = 0; place < places.length; place++) {
      const slot = (places[place] as number) - 1;
      if (slot >= 0) this.#put(slot);
    }
  }

  #put(slot: number): void {
    let place = this.home(this.hashOf(slot));
    while (this.slotAt(place) >= 0) place = this.next(place);
    this.#places[place] = slot + 1;
  }
}
