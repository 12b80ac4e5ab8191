import { McpServer } from "@modelcontextprotocol/server";
import { addResources } from "./resources.ts";
import type { Session } from "./session.ts";
import { addBuildTools } from "./tools/build-tools.ts";
import { addReportTools } from "./tools/report-tools.ts";

const instructions = `Jaunt generates code from specs (X.jaunt.ts). Edit specs, never files in generated folders.
Start with jaunt_status; jaunt_plan shows what a build costs. A long jaunt_build answers with a job: follow it with jaunt_job.
Without a model, jaunt_build { "mode": "delegate" } gives you prompts: answer each with jaunt_submit. End with jaunt_test and jaunt_check.`;

/** A server with all tools and resources, for one connection. Jobs live in the session. */
export function createServer(session: Session): McpServer {
  const server = new McpServer({ name: "jaunt", version: session.version }, { instructions });
  addReportTools(server, session);
  addBuildTools(server, session);
  addResources(server, session);
  return server;
}
