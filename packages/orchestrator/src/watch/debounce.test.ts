import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createDebounce, type Debounce } from "./debounce.ts";

let batches: (readonly string[])[] = [];
let debounce: Debounce;
beforeEach(() => {
  vi.useFakeTimers();
  batches = [];
  debounce = createDebounce({ quietMs: 80, longestMs: 1000, deliver: (names) => batches.push([...names]) });
});
afterEach(() => void vi.useRealTimers());

test("hands over together what comes in quick succession, each name once", () => {
  for (const name of ["a", "b", "a"]) {
    debounce.add(name);
    vi.advanceTimersByTime(79);
  }
  expect(batches).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(batches).toEqual([["a", "b"]]);
  debounce.add("c");
  vi.advanceTimersByTime(80);
  expect(batches).toEqual([["a", "b"], ["c"]]);
});

test("under continuous saving hands over after the longest wait, and goes on counting from there", () => {
  for (let time = 0; time < 2000; time += 50) {
    debounce.add(`${String(time)}`);
    vi.advanceTimersByTime(50);
  }
  expect(batches.map((names) => names.length)).toEqual([20, 20]);
});

test("is silent once closed", () => {
  debounce.add("a");
  debounce.close();
  vi.advanceTimersByTime(5000);
  expect(batches).toEqual([]);
});
