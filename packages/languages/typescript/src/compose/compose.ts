import type { Artifact, Layout, SpecSource } from "@jaunt/core";
import { place } from "../layout/place.ts";
import { scopeOf, typescriptSettings } from "../layout/settings.ts";
import { assemble } from "./assemble.ts";
import { facadeText } from "./facade.ts";
import { implementationCode, type Code } from "./implementation.ts";
import { placeholderCode } from "./placeholder.ts";
import { withRegistration } from "./registration.ts";
import { readSpecFile, type SpecFile } from "./spec-file.ts";

/**
 * The files of a module around a model's source: imports of what is used, re-exports of what the spec file has by hand,
 * types that are not exported, kept class members, and the facade. With null, a typed placeholder. Tests have neither of these; they are
 * handed to the project's runner.
 */
export function compose(source: SpecSource, body: string | null, layout: Layout): readonly Artifact[] {
  const { module } = source;
  if (body === null && module.role === "test") return [];
  const { generated, facade } = place(module, layout);
  const file = readSpecFile(source);
  const written = body === null ? placeholder(file, generated, layout) : implementationCode(file, generated, body);
  const isTest = module.role === "test";
  const code = isTest ? withRegistration(file, written, layout) : written;
  const kind = body === null ? "placeholder" : module.role;
  return [
    { kind, module: module.id, path: generated, text: assemble(file, code, generated, source, layout), once: false },
    ...(facade === undefined
      ? []
      : [
          {
            kind: "facade" as const,
            module: module.id,
            path: facade,
            text: facadeText(facade, generated, layout),
            once: true,
          },
        ]),
  ];
}

function placeholder(file: SpecFile, generated: string, layout: Layout): Code {
  const { flags } = scopeOf(file.module.path, typescriptSettings(layout.settings));
  return { text: placeholderCode(file, generated, flags["noImplicitOverride"] === true), imports: [] };
}
