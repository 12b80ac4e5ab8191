import { setImmediate } from "node:timers/promises";

/** So many items go by between two turns of the event loop. */
const stride = 64;

/**
 * The items one by one, with a turn of the event loop every now and then. A native parser's memory is given back only in such a
 * turn, and only then are signals heard.
 */
export async function* withPauses<Item>(items: Iterable<Item>): AsyncGenerator<Item, void, undefined> {
  let count = 0;
  for (const item of items) {
    yield item;
    count += 1;
    if (count % stride === 0) await setImmediate();
  }
}
