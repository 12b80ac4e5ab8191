import { describe, expect, test } from "vitest";
import { tokensText } from "./tokens.ts";

describe("what a formatter changes makes no difference", () => {
  test.each([
    ["quotes", "const a = 'it';", 'const a = "it";'],
    ["escaped quotes", "const a = 'say \"it\"';", 'const a = "say \\"it\\"";'],
    ["semicolons", "const a = 1\nconst b = 2", "const a = 1;\nconst b = 2;"],
    ["trailing commas", "f(a, b,);", "f(a, b);"],
    ["trailing commas of types", "type A = Map<string, number,>;", "type A = Map<string, number>;"],
    ["white space", "function f( a:string ){return a}", "function f(a: string) {\n  return a;\n}"],
    ["comments", "// one\nconst a = /* two */ 1;", "const a = 1; // three"],
    ["arrow parentheses", "const f = (a) => a;", "const f = a => a;"],
    ["async arrow parentheses", "const f = async (a) => a;", "const f = async a => a;"],
    ["redundant parentheses", "const a = (1 + 2);", "const a = 1 + 2;"],
    ["parentheses that only repeat precedence", "const a = (b * c) + d;", "const a = b * c + d;"],
    ["parentheses in types", "type A = (string);", "type A = string;"],
    ["a leading bar", "type A =\n  | string\n  | number;", "type A = string | number;"],
    ["separators of members", "type A = { a: string, b: number }", "type A = { a: string; b: number };"],
    ["separators of interfaces", "interface A { a: string\n b: number }", "interface A { a: string, b: number; }"],
    ["quoted keys", 'const a = { "b": 1 };', "const a = { b: 1 };"],
    ["numbers", "const a = 0XAB + 1.50;", "const a = 0xab + 1.5;"],
    ["line endings", "const a = `x\ny`;\n", "const a = `x\r\ny`;\r\n"],
    ["nested generics", "let a: Map<string, Array<B<C>>>;", "let a: Map<string, Array<B<C> > >;"],
    ["lines of JSX", "const a = <b>\n  text\n</b>;", "const a = <b>text</b>;"],
  ])("%s", (_name, a, b) => {
    expect(tokensText(a, "a.tsx")).toBe(tokensText(b, "a.tsx"));
  });
});

describe("what a person changes makes a difference", () => {
  test.each([
    ["structure", "const a = (b + c) * d;", "const a = b + c * d;"],
    ["structure of a call", "const a = (b, c);", "const a = b, c;"],
    ["structure of a type", "type A = (string | number)[];", "type A = string | number[];"],
    ["structure of an arrow", "const a = (() => b)();", "const a = () => b();"],
    ["structure of as", "const a = (b as C).d;", "const a = b as C.d;"],
    ["structure of not", "const a = !(b in c);", "const a = !b in c;"],
    ["a name", "const a = b;", "const a = c;"],
    ["an operator", "const a = b <= c;", "const a = b < c;"],
    ["a string", "const a = 'b';", "const a = 'b ';"],
    ["a name for a string", "const a = b;", 'const a = "b";'],
    ["a template", "const a = `b ${c}`;", "const a = `b  ${c}`;"],
    ["a comment in a template", "const a = `b // c`;", "const a = `b`;"],
    ["a regular expression", "const a = /b ;/;", "const a = /b;/;"],
    ["a hole", "const [, a] = b;", "const [a] = b;"],
    ["a number", "const a = 10;", "const a = 11;"],
    ["a big number", "const a = 9007199254740993n;", "const a = 9007199254740992n;"],
    ["words of JSX", "const a = <b>one two</b>;", "const a = <b>onetwo</b>;"],
    ["a closed syntax", "const a = 1;", "const a = 1; }"],
  ])("%s", (_name, a, b) => {
    expect(tokensText(a, "a.tsx")).not.toBe(tokensText(b, "a.tsx"));
  });
});
