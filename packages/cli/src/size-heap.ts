import { setFlagsFromString } from "node:v8";

/**
 * How V8 sizes its heap: `lean` makes it collect when the heap has doubled, where it would wait until it is four times as large, and
 * keeps the nursery small. In a project of 10,000 modules that is a fifth of the peak of a command, at no time that could be
 * measured (bench/README.md). `roomy` is V8's own way, for who stays and answers the faster for it.
 */
export function sizeHeap(size: "lean" | "roomy"): void {
  setFlagsFromString(`--heap-growing-percent=${size === "lean" ? "100" : "0"}`);
  setFlagsFromString(`--semi-space-growth-factor=${size === "lean" ? "1" : "2"}`);
}
