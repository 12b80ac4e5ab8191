import { describe, expect, test } from "vitest";
import { parseSource } from "./parse-source.ts";
import { createTokenizer, tokenStream, tokensText } from "./tokens.ts";

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
    ["wrapped words of JSX", "const a = <b>one two\n  three</b>;", "const a = <b>\n  one\n  two three\n</b>;"],
    ["an explicit space of JSX", 'const a = <b>one{" "}\n<i /></b>;', "const a = <b>one <i /></b>;"],
    ["attributes of JSX", "const a = <b c={'d'} className=' e  f' />;", 'const a = <b c="d" className="e f" />;'],
    ["empty statements", "a;;\nb; ; class C { ; d; }", "a\nb\nclass C {\n  d\n}"],
    ["arguments of new", "const a = new B;", "const a = new B();"],
    ["a union of one", "type A = | B;", "type A = B;"],
    ["nested unions", "type A = B | (C | D);", "type A = B | C | D;"],
    ["associative operators", "const a = b && (c && d);", "const a = (b && c) && d;"],
    ["numeric and enum keys", "const a = { '1': b }; enum C { 'D' = 1, }", "const a = { 1: b };\nenum C { D = 1 }"],
    ["flags", "const a = /b/mgi;", "const a = /b/gim;"],
    ["a for header", "for(;;){}", "for (;;) {\n}"],
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
    ["where a statement ends: index", "a; [b];", "a[b];"],
    ["where a statement ends: call", "a; (b);", "a(b);"],
    ["where a statement ends: template", "a; `b`;", "a`b`;"],
    ["where a statement ends: minus", "let a = b; -c;", "let a = b - c;"],
    ["where a statement ends: return", "function f() { return; a; }", "function f() { return a; }"],
    ["where a statement ends: increment", "a\n++b", "a++\nb"],
    ["where a member ends: get", "class A { get; b() {} }", "class A { get b() {} }"],
    ["where a member ends: static", "class A { static; b }", "class A { static b }"],
    ["an empty body", "if (a) ; b();", "if (a) b();"],
    ["an empty loop", "while (a()) ; b();", "while (a()) b();"],
    ["parts of a for header", "for (a;;) b();", "for (;a;) b();"],
    ["a last hole", "const a = [b, ,];", "const a = [b,];"],
    ["what new calls", "const a = new (b().c)();", "const a = new b().c();"],
    ["what new calls, with arguments", "const a = new (b(c))();", "const a = new b(c);"],
    ["where a chain ends", "const a = (b?.c).d;", "const a = b?.c.d;"],
    ["which if an else belongs to", "if (a) { if (b) c; } else d;", "if (a) if (b) c; else d;"],
    ["half a surrogate pair", 'const a = "\\ud83d";', 'const a = "\\ud83e";'],
    ["a directive", "'use strict'; a;", "('use strict'); a;"],
    ["white space of an attribute", "const a = <b c='d  e' />;", "const a = <b c='d e' />;"],
    ["white space between elements", "const a = <b>c <i /></b>;", "const a = <b>c\n<i /></b>;"],
  ])("%s", (_name, a, b) => {
    expect(tokensText(a, "a.tsx")).not.toBe(tokensText(b, "a.tsx"));
  });
});

test("a mark has no width, and every other token is where it says", () => {
  const text = "const a = (b + c) * d;";
  const tokens = tokenStream(parseSource("a.ts", text));
  expect(tokens.map((token) => token.text).join(" ")).toBe("const a = ⟨ ⟨ b + c ⟩ * d ⟩ ;");
  expect(
    tokens.filter(({ start, end }) => start < end).every((token) => text.slice(token.start, token.end) === token.text),
  ).toBe(true);
});

test("a span has the tokens of its node, without the end of the statement around it", () => {
  const text = "function f(a: A): B | C { return a; }\nlet b = f(c)";
  const tokenizer = createTokenizer(parseSource("a.ts", text));
  const tokensOf = (part: string): string => {
    const start = text.indexOf(part);
    return tokenizer
      .tokens({ start, end: start + part.length })
      .map((token) => token.text)
      .join(" ");
  };
  expect(tokensOf("function f(a: A): B | C ")).toBe("function f ( a : A ) : ⟨ B | C ⟩");
  expect(tokensOf("{ return a; }")).toBe("{ return a ; }");
  expect(tokensOf("let b = f(c)")).toBe("let b = f ( c )");
});

test("a text that cannot be parsed differs from every one that can", () => {
  expect(tokensText("const a = ;", "a.ts")).toMatch(/^unparsable/);
});
