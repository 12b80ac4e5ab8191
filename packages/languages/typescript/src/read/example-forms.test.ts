import { expect, test } from "vitest";
import { readExamples } from "./read-examples.ts";

/** How the docs of real libraries say what a call comes to, and what is read of it. */
const forms: readonly (readonly [written: string, read: string])[] = [
  // lodash, ramda, date-fns, remeda
  ["_.chunk(['a'], 2);\n// => [['a']]", "_.chunk(['a'], 2) returns [['a']]"],
  ["R.add(2, 3); //=> 5", "R.add(2, 3) returns 5"],
  ["R.inc(1) //=>2", "R.inc(1) returns 2"],
  ["const result = addDays(a, 10)\n//=> Tue Sep 11 2014", ""],
  ["const result = isWeekend(a)\n//=> true", "isWeekend(a) returns true"],
  ["R.map([1], (x) => x) // => [1]", "R.map([1], (x) => x) returns [1]"],
  ["f(1) // ==> 2", "f(1) returns 2"],
  ["f(1) // -> 2", "f(1) returns 2"],
  ["f(1) // --> 2", "f(1) returns 2"],
  ["f(1) // → 2", "f(1) returns 2"],
  ["f(1) // ⇒ 2", "f(1) returns 2"],
  ["f(1) // ➜ 2", "f(1) returns 2"],
  ["f(1) // Returns: [1]", "f(1) returns [1]"],
  ['f(1) // returns "x"', 'f(1) returns "x"'],
  ["f(1) // return 2", "f(1) returns 2"],
  // Deno and Node
  ["f(1); // Prints: 2", "f(1) prints 2"],
  ['f(1) // Expected output: "x"', 'f(1) prints "x"'],
  ["console.log(f(1)); // Expected output: abc", "f(1) prints abc"],
  ["f(1) // Output: 2", "f(1) prints 2"],
  ["f(1) // Result: 2", "f(1) returns 2"],
  ["f(1) // equals 2", "f(1) returns 2"],
  ["f(1) // evaluates to 2", "f(1) returns 2"],
  ["f(1)\n// =>\n// { a: 1 }", "f(1) returns { a: 1 }"],
  ["f(1)\n// Output:\n// [\n//   1,\n// ]", "f(1) prints [\n1,\n]"],
  ["f(1)\n// => {\n//   a: 1\n// }", "f(1) returns {\na: 1\n}"],
  ["console.log(f(1)); // 2", "f(1) prints 2"],
  ["console.log(f(1));\n// → 2", "f(1) returns 2"],
  ["console.log(f(1)); // Map(1) { 'a' => 1 }", "f(1) prints Map(1) { 'a' => 1 }"],
  ["f(1) // true", "f(1) returns true"],
  ["f(1) // 'x'", "f(1) returns 'x'"],
  ["f(1) // [1, 2]", "f(1) returns [1, 2]"],
  ["f(1) // { a: 1 }", "f(1) returns { a: 1 }"],
  ["f(1) === 2 // true", "f(1) === 2 returns true"],
  ["f(1) !== 2 // => false", "f(1) !== 2 returns false"],
  // Errors
  ["f(1) // throws TypeError: msg", "f(1) throws TypeError: msg"],
  ["f(1) // Throws an error", "f(1) throws an error"],
  ["f(1) // Uncaught Error: msg", "f(1) throws Error: msg"],
  ["f(1) // => Uncaught RangeError: msg", "f(1) throws RangeError: msg"],
  ["f(1) // RangeError: msg", "f(1) throws RangeError: msg"],
  ["f(1) // => TypeError: msg", "f(1) throws TypeError: msg"],
  ['f(1) // throws "msg"', 'f(1) throws "msg"'],
  // Promises
  ["await f(1) // => 2", "await f(1) returns 2"],
  ["f(1) // Promise { 2 }", "f(1) resolves 2"],
  ["f(1) // => Promise.resolve(2)", "f(1) resolves 2"],
  ["f(1) // resolves to 2", "f(1) resolves 2"],
  ["f(1) // rejects with TypeError", "f(1) rejects TypeError"],
  // Assertions
  ["assert.equal(f(1), 2)", "f(1) returns 2"],
  ["assert.deepStrictEqual(f([1, 2]), { a: [1] }, 'why');", "f([1, 2]) returns { a: [1] }"],
  ["assert.throws(() => f(1), RangeError)", "f(1) throws RangeError"],
  ["await assert.rejects(f(1))", "f(1) rejects "],
  ["expect(f(1)).toEqual([1, 2])", "f(1) returns [1, 2]"],
  ["expect(f(1)).toBe(2);", "f(1) returns 2"],
  ["expect(f(1)).toBeUndefined()", "f(1) returns undefined"],
  ["expect(() => f(1)).toThrow()", "f(1) throws "],
  ["expect(() => f(1)).toThrow(RangeError)", "f(1) throws RangeError"],
  ["await expect(f(1)).resolves.toEqual(2)", "f(1) resolves 2"],
  ["await expect(f(1)).rejects.toThrow(TypeError)", "f(1) rejects TypeError"],
  // What says too little, or could mean something else
  ["f(1) // 2", ""],
  ["f(1) // => 2 (rounded down)", ""],
  ["f(1) // => the second", ""],
  ["f(1) // => [Function]", ""],
  ["f(1) // => { a: [Object] }", ""],
  ["f(1) // Promise { <pending> }", ""],
  ["f(1) // passes", ""],
  ["f(1) // ✅", ""],
  ["f(1) /* => 2 */", ""],
  ["> f(1)\n2", ""],
  ["type A = Merge<B, C>;\n//=> { a: 1 }", ""],
  ["assert(f(1))", ""],
  ["assert.throws(() => f(1), /too/)", ""],
  ["expect(f(1)).toContain(2)", ""],
  ["expect(f(1)).not.toBe(2)", ""],
  ["expect(() => f(1)).toThrow('too')", ""],
  ["for (const x of f(1)) use(x); // => 2", ""],
];

test.each(forms)("%j is read as %j", (written, read) => {
  const examples = readExamples(written);
  const checked = examples.flatMap(({ call, expectation }) =>
    expectation === undefined ? [] : [`${call} ${expectation.kind} ${expectation.value}`],
  );
  expect(checked.join("\n")).toBe(read);
  // Nothing an author wrote gets lost.
  expect(examples.length).toBeGreaterThan(0);
});
