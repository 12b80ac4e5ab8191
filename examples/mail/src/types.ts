/** One mailbox of an address header. */
export interface Address {
  /** Display name, decoded; empty when there is none. */
  readonly name: string;
  readonly local: string;
  /** In lower case. */
  readonly domain: string;
}

/** One header field, unfolded, its encoded words still encoded. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** Anything with parameters behind its value, such as `; charset=utf-8`. */
export interface HasParameters {
  /** By lower-case name. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** A header value with parameters, such as `attachment; filename=a.txt`. */
export interface Parameterized extends HasParameters {
  readonly value: string;
}

/** A media type, in lower case. */
export interface ContentType extends HasParameters {
  readonly type: string;
  readonly subtype: string;
}

/** A node of a message's MIME tree. */
export interface Part {
  readonly contentType: ContentType;
  /** Undefined for a part that is meant to be shown in line. */
  readonly filename: string | undefined;
  /** The body without its transfer encoding; empty for a multipart. */
  readonly bytes: Uint8Array;
  /** Empty for a leaf. */
  readonly parts: readonly Part[];
}

/** What is known of an attached file without keeping its bytes. */
export interface Attachment {
  readonly filename: string;
  /** `type/subtype`, in lower case. */
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
}

/** A message of an mbox file, one character per byte. */
export interface MboxEntry {
  /** The envelope sender on the "From " line. */
  readonly sender: string;
  /** Header and body, the escaping of "From " lines undone. */
  readonly raw: string;
}

/** A message as people see it. */
export interface Message {
  /** Without angle brackets. */
  readonly id: string;
  readonly from: readonly Address[];
  /** To and Cc. */
  readonly to: readonly Address[];
  readonly subject: string;
  readonly date: Date | undefined;
  /** Ids of the messages it answers, oldest first. */
  readonly references: readonly string[];
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** A message with its distance from the first message of its thread. */
export interface ThreadEntry {
  readonly message: Message;
  readonly depth: number;
}

/** A conversation: its first message, each message followed by its answers. */
export interface Thread {
  readonly subject: string;
  readonly entries: readonly ThreadEntry[];
}

export type MonthName = "Jan" | "Feb" | "Mar" | "Apr" | "May" | "Jun" | "Jul" | "Aug" | "Sep" | "Oct" | "Nov" | "Dec";
