/** Code-unit order of two strings, for `sort`: the one order everything in a project is listed in. */
export function compareCodeUnits(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
