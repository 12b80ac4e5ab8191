export {
  installFakeAgents,
  type AgentPlan,
  type AgentSeen,
  type AgentTrick,
  type FakeAgents,
} from "./agents/fake-agents.ts";
export { startBatchServer, type BatchServer, type BatchServerOptions } from "./batch/batch-server.ts";
export type { BatchCall } from "./batch/batch-vendor.ts";
export type { BatchFate, KeptBatch } from "./batch/kept-batch.ts";
export { copyExample } from "./copy-example.ts";
export { findNginx, type FoundNginx } from "./find-nginx.ts";
export { repositoryRoot } from "./repository-root.ts";
export { jauntRuns, runJaunt, startJaunt, runTsc, type JauntOptions, type JauntRun } from "./run-jaunt.ts";
export {
  runProcess,
  startProcess,
  type ProcessOptions,
  type ProcessResult,
  type RunningProcess,
} from "./run-process.ts";
export { createScriptedBackend, type ScriptedBackend, type ScriptedReply } from "./scripted-backend.ts";
export {
  startScriptedServer,
  type ScriptedAnswer,
  type ScriptedRequest,
  type ScriptedServer,
  type ScriptedServerOptions,
} from "./scripted-server.ts";
export { startNginx, type NginxOptions, type NginxServer } from "./start-nginx.ts";
export { createTemporaryProject, type TemporaryProject, type TemporaryProjectOptions } from "./temporary-project.ts";
export { waitFor, type WaitOptions } from "./wait-for.ts";
export { anthropicMessages } from "./wire/anthropic-messages.ts";
export { chatCompletions } from "./wire/chat-completions.ts";
export { chatDialects } from "./wire/chat-dialects.ts";
export { startHttpServer, type HttpServer, type SeenRequest } from "./wire/http-server.ts";
export { openaiResponses } from "./wire/openai-responses.ts";
export type { FailureKind, WireAnswer, WireFailure, WireFormat } from "./wire/wire-format.ts";
