import { JauntError } from "@jaunt/core";
import type { ModulePart } from "@jaunt/orchestrator";
import { ResourceTemplate, type McpServer, type ReadResourceResult } from "@modelcontextprotocol/server";
import { withProject, type Session } from "./session.ts";

const parts: Readonly<Record<ModulePart, { readonly title: string; readonly mimeType: string }>> = Object.freeze({
  spec: { title: "Spec of a module", mimeType: "text/plain" },
  generated: { title: "Generated source of a module", mimeType: "text/plain" },
  failure: { title: "Why a module's last build failed", mimeType: "text/markdown" },
  prompt: { title: "Last prompt of a module that failed", mimeType: "text/markdown" },
});

/** So many modules are listed one by one; the manifest names all. */
const mostListed = 200;

/** What a client may read: the manifest, and the texts of the modules that it names. Nothing is served by path. */
export function addResources(server: McpServer, session: Session): void {
  server.registerResource(
    "manifest",
    "jaunt://manifest",
    { title: "Modules and their states", mimeType: "application/json" },
    async ({ href }, { mcpReq: { signal } }) => {
      const { modules } = await withProject(session, { signal, onEvent: () => {} }, (project) => project.status());
      const list = Object.entries(modules).map(([module, { status, reason }]) => ({
        module,
        status,
        ...(reason === undefined ? {} : { reason }),
        spec: uriOf(module, "spec"),
        generated: uriOf(module, "generated"),
      }));
      const text = JSON.stringify({ schema: "jaunt.manifest/1", modules: list });
      return { contents: [{ uri: href, mimeType: "application/json", text }] };
    },
  );
  for (const [part, metadata] of Object.entries(parts) as [ModulePart, (typeof parts)[ModulePart]][]) {
    const list = part === "spec" || part === "generated" ? () => listModules(session, part) : undefined;
    server.registerResource(
      part,
      new ResourceTemplate(`jaunt://module/{+id}/${part}`, { list }),
      metadata,
      async ({ href }, { id }, { mcpReq: { signal } }): Promise<ReadResourceResult> => {
        const module = decode(String(id));
        const { text } = await withProject(session, { signal, onEvent: () => {} }, (project) =>
          project.read(module, part),
        );
        return { contents: [{ uri: href, mimeType: metadata.mimeType, text }] };
      },
    );
  }
}

async function listModules(
  session: Session,
  part: ModulePart,
): Promise<{ resources: { uri: string; name: string; mimeType: string }[] }> {
  const controller = new AbortController();
  const { modules } = await withProject(session, { signal: controller.signal, onEvent: () => {} }, (project) =>
    project.status(),
  );
  const { mimeType } = parts[part];
  const ids = Object.entries(modules)
    .filter(([, { status }]) => part === "spec" || status !== "unbuilt")
    .map(([id]) => id);
  return {
    resources: ids.slice(0, mostListed).map((id) => ({ uri: uriOf(id, part), name: `${id} (${part})`, mimeType })),
  };
}

function uriOf(module: string, part: ModulePart): string {
  return `jaunt://module/${module.split("/").map(encodeURIComponent).join("/")}/${part}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new JauntError(`${JSON.stringify(text)} is no module id.`, { code: "unknown-module", exitCode: 2, cause });
  }
}
