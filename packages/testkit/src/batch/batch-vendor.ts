import type { SeenRequest } from "../wire/http-server.ts";
import type { WireFormat } from "../wire/wire-format.ts";
import type { BatchFate, KeptBatch } from "./kept-batch.ts";

/** What a request to the batch endpoints wants. */
export type BatchCall =
  | { readonly kind: "upload"; readonly file: string }
  | {
      readonly kind: "create";
      readonly requests: readonly (readonly [id: string, body: unknown])[];
      readonly metadata?: unknown;
    }
  | { readonly kind: "poll" | "cancel"; readonly id: string }
  | { readonly kind: "list" }
  | { readonly kind: "download"; readonly id: string; readonly which: "all" | "answers" | "errors" };

/** What a vendor's batch endpoints look like on the wire. */
export interface BatchVendor {
  readonly wire: WireFormat;
  /** Undefined for what is no call about batches; a string says what is wrong with one. */
  read(request: SeenRequest, files: ReadonlyMap<string, string>): BatchCall | string | undefined;
  upload(id: string): object;
  batch(batch: KeptBatch, fateOf: (id: string) => BatchFate, url: string): object;
  list(batches: readonly object[]): object;
  /** The line about one request in a file; undefined when it is not in that file. */
  line(id: string, fate: BatchFate, answer: () => object, which: "all" | "answers" | "errors"): object | undefined;
}
