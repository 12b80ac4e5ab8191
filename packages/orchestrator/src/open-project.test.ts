import { afterEach, beforeEach, expect, test } from "vitest";
import { createToyProject, fenced, type ToyProject } from "./__fixtures__/toy-project.ts";

/** base <- left, right <- top; other stands alone. */
const specs = {
  "src/base.toy": "spec base(number) -- Twice the number.\n",
  "src/left.toy": "use ./base base\nspec left(number) -- One more than {@link base}.\n",
  "src/right.toy": "use ./base base\nspec right(number) -- One less than {@link base}.\n",
  "src/top.toy": "use ./left left\nuse ./right right\nspec top(number) -- Sum of {@link left} and {@link right}.\n",
  "src/other.toy": "spec other(number) -- The number itself.\n",
};
const replies = {
  "src/base": fenced("fn base(number) = n * 2"),
  "src/left": fenced("fn left(number) = base@number + 1"),
  "src/right": fenced("fn right(number) = base@number - 1"),
  "src/top": fenced("fn top(number) = left@number + right@number"),
  "src/other": fenced("fn other(number) = n"),
};

let toy: ToyProject;
beforeEach(() => {
  toy = createToyProject(specs);
  Object.assign(toy.replies, replies);
});
afterEach(() => toy.remove());

test("a project builds from nothing, dependencies first, and is current then", async () => {
  const project = await toy.open();
  const report = await project.build();
  expect(report).toMatchObject({ generated: ["src/base", "src/left", "src/other", "src/right", "src/top"], failed: [], calls: 5, interrupted: false });
  expect((await project.status()).counts).toEqual({ current: 5 });
  expect(toy.read("src/__generated__/left.out")).toContain("use ./base base\nfn left(number) = base@number + 1\n");
  expect(toy.read("src/left.out")).toBe("pass __generated__/left.out\n");
});
