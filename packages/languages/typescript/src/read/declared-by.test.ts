import { expect, test } from "vitest";
import { declaredBy } from "./declared-by.ts";

test.each<[string, readonly string[] | undefined]>([
  ["export function a() {}\nconst b = 1, c = 2;\nexport class D {}\ninterface E {}", ["a", "b", "c", "D", "E"]],
  ['import { a } from "./a.js";\nconsole.log(a());', []],
  ["export const View = () => <p>{1}</p>;", ["View"]],
  ["const a = <number>1;", ["a"]],
  ["export function a( {", undefined],
  ["npm install it", undefined],
])("%j declares %j", (text, names) => {
  expect(declaredBy(text)).toEqual(names);
});
