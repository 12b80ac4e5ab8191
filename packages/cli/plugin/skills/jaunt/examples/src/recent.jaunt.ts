import { magic } from "@jaunt/spec";

/**
 * The last values that were pushed, at most `capacity` of them, oldest first.
 *
 * @throws {RangeError} "capacity must be positive" when `capacity` is less than 1
 * @example
 * const recent = new Recent<string>(2);
 * recent.push("a");
 * recent.push("b");
 * recent.push("c");
 * recent.values() // => ["b", "c"]
 * @example new Recent(0) // throws RangeError: capacity must be positive
 */
export class Recent<Value> {
  constructor(capacity: number) {
    magic(capacity);
  }

  /** Add a value; the oldest goes when there are too many. */
  push(value: Value): void {
    magic(value);
  }

  /** A copy, oldest first. */
  values(): readonly Value[] {
    return magic();
  }

  /** Written by hand, so it is kept as it is. */
  get isEmpty(): boolean {
    return this.values().length === 0;
  }
}
