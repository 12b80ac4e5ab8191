/** A place in a text. Lines and columns count from 1, the offset from 0; all in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A half-open range of UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A file as it was read: posix path relative to the project root, and decoded text without a byte order mark. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}
