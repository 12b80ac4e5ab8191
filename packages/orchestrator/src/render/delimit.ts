/**
 * Wraps project text as data between markers that the text itself cannot close: the number in the marker is raised
 * until the text does not hold it.
 */
export function delimit(name: string, text: string): string {
  let number = 1;
  while (text.includes(`${name} ${String(number)}>>>`)) number += 1;
  return `<<<${name} ${String(number)}\n${text.trimEnd()}\n${name} ${String(number)}>>>`;
}
