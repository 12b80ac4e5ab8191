import { posix, win32 } from "node:path";
import { expect, test } from "vitest";
import { writtenPaths } from "./written-paths.ts";

const place = { cwd: "/p", variables: { HOME: "/home/me", DIR: "src" }, resolve: posix.resolve };

test.each<[string, readonly string[]]>([
  ["echo hi > a.ts", ["/p/a.ts"]],
  ["echo hi >>a.ts 2>/dev/null", ["/p/a.ts", "/dev/null"]],
  ["run &> a.log 2>&1 >| b", ["/p/a.log", "/p/b"]],
  ["cat <<'EOF' > a.ts\nrm b.ts\n> c.ts\nEOF\nrm d.ts", ["/p/a.ts", "/p/d.ts"]],
  ["sed -i 's/a/b/' a.ts b.ts", ["/p/a.ts", "/p/b.ts"]],
  ["sed -i.bak -e 's/a/b/' a.ts", ["/p/a.ts"]],
  ["sed -Ei 's/a/b/' a.ts && sed --in-place -f x.sed b.ts", ["/p/a.ts", "/p/b.ts"]],
  ["sed 's/a/b/' a.ts", []],
  ["perl -pi -e 's/a/b/' a.ts", ["/p/a.ts"]],
  ["rm -rf src/x 'with space' \"quoted\"", ["/p/src/x", "/p/with space", "/p/quoted"]],
  ["rm -- -odd", ["/p/-odd"]],
  ["mv a.ts b.ts", ["/p/a.ts", "/p/b.ts"]],
  ["cp a.ts b.ts", ["/p/b.ts"]],
  ["cp -t out a.ts", ["/p/out"]],
  ["install -m 644 a.ts b.ts", ["/p/b.ts"]],
  ["echo hi | tee -a a.ts | cat", ["/p/a.ts"]],
  ["truncate -s 0 a.ts; touch b.ts", ["/p/0", "/p/a.ts", "/p/b.ts"]],
  ["dd if=/dev/zero of=a.ts", ["/p/a.ts"]],
  ["git rm -f a.ts && git mv b.ts c.ts", ["/p/a.ts", "/p/b.ts", "/p/c.ts"]],
  ["cd src && rm a.ts && cd .. && rm b.ts", ["/p/src/a.ts", "/p/b.ts"]],
  ["(cd src; rm a.ts); rm b.ts", ["/p/src/a.ts", "/p/b.ts"]],
  ['cd "$NOBODY_KNOWS" && rm a.ts', []],
  ["rm $DIR/a.ts ${DIR}/b.ts ~/c.ts $UNKNOWN/d.ts", ["/p/src/a.ts", "/p/src/b.ts", "/home/me/c.ts"]],
  ["bash -c 'rm a.ts'; eval rm b.ts", ["/p/a.ts", "/p/b.ts"]],
  ["x=$(rm a.ts) y=`rm b.ts`", ["/p/a.ts", "/p/b.ts"]],
  ["sudo env A=1 rm a.ts", ["/p/a.ts"]],
  ["if true; then rm a.ts; fi", ["/p/a.ts"]],
  ["rm \\\n  a.ts # rm b.ts", ["/p/a.ts"]],
  ["grep -rn 'rm a.ts' . && cat a.ts < b.ts && echo 'x > y'", []],
  ["npm test && jaunt build --target src/email", []],
  ["", []],
  ["rm 'unfinished", ["/p/unfinished"]],
])("%s", (command, paths) => {
  expect([...writtenPaths(command, place)].toSorted()).toEqual([...paths].toSorted());
});

test("no text makes it fail or hang", () => {
  for (const text of [
    "$(",
    "`",
    '"$(',
    "((((",
    "))))",
    "<<",
    "<<A",
    ">",
    ">>",
    "${",
    "\\",
    "~",
    "& & &",
    "$(rm a".repeat(50),
  ])
    expect(Array.isArray(writtenPaths(text, place))).toBe(true);
});

test("paths of Windows are resolved by its rules", () => {
  const windows = { ...place, cwd: "C:\\p", resolve: win32.resolve };
  expect(writtenPaths("rm src/a.ts 'D:\\x\\b.ts'", windows)).toEqual(["C:\\p\\src\\a.ts", "D:\\x\\b.ts"]);
});
