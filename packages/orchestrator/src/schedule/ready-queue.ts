/** Hands out the most urgent item first; equal ones in code-unit order. A binary heap. */
export interface ReadyQueue {
  push(item: string): void;
  pop(): string | undefined;
  readonly size: number;
}

/** An empty queue in which a larger `priorityOf` is more urgent. */
export function createReadyQueue(priorityOf: (item: string) => number): ReadyQueue {
  const heap: string[] = [];
  const before = (left: string, right: string): boolean => {
    const difference = priorityOf(left) - priorityOf(right);
    return difference === 0 ? left < right : difference > 0;
  };
  const at = (index: number): string => heap[index] ?? "";
  const swap = (left: number, right: number): void => {
    [heap[left], heap[right]] = [at(right), at(left)];
  };
  return {
    get size() {
      return heap.length;
    },
    push(item) {
      heap.push(item);
      for (let index = heap.length - 1; index > 0;) {
        const parent = (index - 1) >> 1;
        if (!before(at(index), at(parent))) break;
        swap(index, parent);
        index = parent;
      }
    },
    pop() {
      const first = heap[0];
      const last = heap.pop();
      if (first === undefined || last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let index = 0; ;) {
        const left = 2 * index + 1;
        const right = left + 1;
        const child = right < heap.length && before(at(right), at(left)) ? right : left;
        if (child >= heap.length || !before(at(child), at(index))) break;
        swap(index, child);
        index = child;
      }
      return first;
    },
  };
}
