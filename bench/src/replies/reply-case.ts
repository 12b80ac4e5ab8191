/** How a model hands its source over. */
export type Channel = "text" | "tool" | "json";

/** One recorded or invented answer of a model, and what becomes of it at best. */
export interface ReplyCase {
  readonly name: string;
  /** Cases are counted by these two. */
  readonly group: string;
  readonly channel: Channel;
  /** Whose backend reads it. */
  readonly api: "anthropic" | "openai" | "litellm";
  /** The spec that it answers. */
  readonly spec: string;
  /** The answer on the wire. */
  response(): Response;
  /** The source that is in it; undefined when it must be refused. */
  readonly source: string | undefined;
}
