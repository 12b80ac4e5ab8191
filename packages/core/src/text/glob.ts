/** Whether a text holds a wildcard of `matchesGlob`. */
export function isGlob(text: string): boolean {
  return /[*?]/.test(text);
}

/** A test for a glob over posix paths: `*` and `?` stay within a folder, `**` crosses folders. Everything else is literal. */
export function globMatcher(glob: string): (path: string) => boolean {
  let pattern = "";
  for (let index = 0; index < glob.length; index++) {
    const rest = glob.slice(index);
    const character = glob.charAt(index);
    if (rest.startsWith("**/")) {
      pattern += "(?:.*/)?";
      index += 2;
    } else if (rest.startsWith("**")) {
      pattern += ".*";
      index += 1;
    } else if (character === "*") {
      pattern += "[^/]*";
    } else if (character === "?") {
      pattern += "[^/]";
    } else {
      pattern += character.replace(/[\\^$.|+()[\]{}]/, "\\$&");
    }
  }
  const expression = new RegExp(`^${pattern}$`, "su");
  return (path) => expression.test(path);
}
