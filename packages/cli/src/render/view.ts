import picocolors from "picocolors";

/** Functions that colour a text, or leave it as it is. */
export type Colors = ReturnType<typeof picocolors.createColors>;

/** How text for a person is rendered: colours, width, and how much of it. */
export interface View {
  readonly colors: Colors;
  /** Columns of the screen; only what would spoil a table or a frame is cut to it. */
  readonly width: number;
  readonly verbose: boolean;
  /** Text of a project file for a source frame; undefined when it cannot be read. Path posix, relative to the root. */
  readonly readText: (path: string) => string | undefined;
}

/** A view with colours on or off. */
export function createView({ color, ...rest }: Omit<View, "colors"> & { readonly color: boolean }): View {
  return { ...rest, colors: picocolors.createColors(color) };
}
