import { documentSchemas, jsonSchemaOf } from "@jaunt/cli/schemas";
import { anchorOf } from "./markdown-anchors.ts";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly required?: readonly string[];
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The text of docs/json.md: a table and an example for every document, by the middle of its `schema`. */
export function renderJsonPage(examples: ReadonlyMap<string, unknown>): string {
  const schemas = Object.entries(documentSchemas).map(
    ([name, schema]) => [name, jsonSchemaOf(name, schema) as Schema] as const,
  );
  const shared = Object.assign({}, ...schemas.map(([, { $defs }]) => $defs)) as Readonly<Record<string, Schema>>;
  const documents = schemas
    .filter(([name]) => name !== "event" && name !== "error")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const find = (wanted: string): Schema => schemas.find(([name]) => name === wanted)?.[1] ?? {};
  return [
    introduction(find("error")),
    ...documents.map(([name, schema]) => documentSection(schema, examples.get(name))),
    documentSection(find("error"), examples.get("error")),
    eventSection(find("event"), examples.get("event")),
    "## What several documents share",
    ...Object.entries(shared)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, schema]) => `### ${name}\n\n${schema.description ?? ""}\n\n${bodyOf(schema)}`),
  ]
    .join("\n\n")
    .concat("\n");
}

const eventHeading = "Events: jaunt.event/1";

const introduction = (
  error: Schema,
): string => `<!-- Made by \`npm run docs\` from the schemas in the code. Do not edit. -->

# JSON

With \`--json\`, standard output is exactly one JSON document, whatever happens; progress goes to standard error. Every document names its kind
and version in \`schema\`. Within a version, fields are added and never renamed or removed, so a program must pass over what it does not know.

- A command that ends in order prints its report, also when modules failed (exit code 3).
- What stops a command prints [an error](#${anchorOf(headingOf(error))}) in place of the report.
- With \`--events\`, \`build\`, \`test\` and \`watch\` print [each event](#${anchorOf(eventHeading)}) as a line of its own as it happens; the last line is the report or the error.
  \`--json\` and \`--events\` together are refused, in one document.

JSON Schemas (2020-12) come with the command line: \`@jaunt/cli/schemas/build.schema.json\`, and so on for each name below. \`@jaunt/cli/schemas\` exports
them for zod, too: \`reportSchemas.build.parse(value)\`.`;

function documentSection(schema: Schema, example: unknown): string {
  const shown = example === undefined ? [] : ["```json\n" + JSON.stringify(shorten(example), null, 2) + "\n```"];
  return [`## ${headingOf(schema)}`, schema.description ?? "", bodyOf(schema), ...shown].join("\n\n");
}

/** A document's title with its `schema`. Several kinds of a document share both. */
function headingOf(document: Schema): string {
  const { properties = {} } = document.oneOf?.[0] ?? document.anyOf?.[0] ?? document;
  return `${document.title ?? ""}: ${String(properties["schema"]?.const)}`;
}

function eventSection(schema: Schema, example: unknown): string {
  const rows = (schema.oneOf ?? []).map(({ description = "", properties = {}, required = [] }) => {
    const own = Object.entries(properties).filter(([name]) => !["schema", "seq", "run", "at", "type"].includes(name));
    const fields = own.map(([name, field]) => `\`${name}${required.includes(name) ? "" : "?"}\` ${typeOf(field)}`);
    return `| \`${String(properties["type"]?.const)}\` | ${description} | ${fields.join(", ")} |`;
  });
  return [
    `## ${eventHeading}`,
    "Every line has `schema`, `seq` (from 1, without gaps), `run` (the same in all lines of one run), `at` (ISO 8601 in UTC) and `type`. Tokens and cost of a module are in its `module-end`.",
    `| type | means | fields |\n|---|---|---|\n${rows.join("\n")}`,
    ...(example === undefined ? [] : ["```json\n" + JSON.stringify(shorten(example)) + "\n```"]),
  ].join("\n\n");
}

function bodyOf(schema: Schema): string {
  const variants = schema.oneOf ?? schema.anyOf;
  if (variants !== undefined) {
    const fields = variants.map(({ properties = {} }) => properties);
    const rows = [...new Set(fields.flatMap((properties) => Object.keys(properties)))].map((name) => {
      const holders = fields.filter((properties) => name in properties);
      const types = [...new Set(holders.map((properties) => typeOf(properties[name] ?? {})))];
      const partly = holders.length < fields.length;
      return row(`${name}${partly ? "?" : ""}`, types.join(" or "), holders[0]?.[name]?.description);
    });
    return table(rows);
  }
  if (schema.properties !== undefined) return table(rowsOf(schema));
  return `${typeOf(schema)}.`;
}

function rowsOf({ properties = {}, required = [] }: Schema, prefix = ""): readonly string[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const path = `${prefix}${name}${required.includes(name) ? "" : "?"}`;
    const inner = innerObject(field);
    return [
      row(path, typeOf(field), field.description),
      ...(inner === undefined ? [] : rowsOf(inner.schema, `${path}${inner.mark}.`)),
    ];
  });
}

/** The object that a field holds, holds a list of, or holds by name, when it is described nowhere else. */
function innerObject(field: Schema): { readonly schema: Schema; readonly mark: string } | undefined {
  if (field.title !== undefined) return undefined;
  if (field.properties !== undefined) return { schema: field, mark: "" };
  if (field.items?.properties !== undefined) return { schema: field.items, mark: "[]" };
  if (field.additionalProperties?.properties !== undefined) return { schema: field.additionalProperties, mark: "{}" };
  const object = field.anyOf?.find(({ properties, title }) => properties !== undefined && title === undefined);
  return object === undefined ? undefined : { schema: object, mark: "" };
}

function table(rows: readonly string[]): string {
  return `| field | type | means |\n|---|---|---|\n${rows.join("\n")}`;
}

function row(path: string, type: string, description = ""): string {
  return `| \`${path}\` | ${type} | ${description} |`;
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split("/").at(-1) ?? "";
    return `[${name}](#${anchorOf(name)})`;
  }
  if (schema.title !== undefined) return `[${schema.title}](#${anchorOf(headingOf(schema))})`;
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(" ");
  const variants = schema.anyOf ?? schema.oneOf;
  if (variants !== undefined) return variants.map(typeOf).join(" or ");
  if (Array.isArray(schema.type)) return schema.type.join(" or ");
  if (schema.type === "array") return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.additionalProperties !== undefined) return `${typeOf(schema.additionalProperties)} by name`;
  return String(schema.type ?? "any");
}

const longestText = 160;
const longestList = 3;

function shorten(value: unknown): unknown {
  if (typeof value === "string") return value.length > longestText ? `${value.slice(0, longestText)}…` : value;
  if (Array.isArray(value)) return value.slice(0, longestList).map(shorten);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shorten(inner)]));
}
