import { readFileSync } from "node:fs";
import { decodeText } from "../read/decode-text.ts";
import { nativePath } from "./native-path.ts";

/** Text of a project file as it is now; undefined when there is none or it is no text. `path` is posix, relative to `root`. */
export function readProjectText(root: string, path: string): string | undefined {
  try {
    const decoded = decodeText(readFileSync(nativePath(root, path)));
    return "text" in decoded ? decoded.text : undefined;
  } catch {
    return undefined;
  }
}
