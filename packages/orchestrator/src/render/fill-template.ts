import { JauntError } from "@jaunt/core";

/**
 * Puts `values` in place of a template's `{{placeholder}}`s; text of values is never read as a template.
 * @throws {JauntError} when the template names an unknown placeholder
 */
export function fillTemplate(template: Template, values: Readonly<Record<string, string>>): string {
  const filled = template.text.replaceAll(/\{\{\s*([\w.-]+)\s*\}\}/g, (_match, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) throw unknownPlaceholder(template.path, name, Object.keys(values));
    return value;
  });
  return `${filled.replaceAll("\r\n", "\n").trim()}\n`;
}

/** A prompt template and where it came from. */
export interface Template {
  readonly path: string;
  readonly text: string;
}

function unknownPlaceholder(path: string, name: string, known: readonly string[]): JauntError {
  return new JauntError(`${path} uses the placeholder {{${name}}}, which does not exist.`, {
    code: "prompt-unknown-placeholder",
    exitCode: 2,
    hint: `Use one of ${known.map((placeholder) => `{{${placeholder}}}`).join(", ")}, or take it out.`,
  });
}
