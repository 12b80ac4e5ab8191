/** The anchor that GitHub gives a heading, but for the number behind one that is there twice. */
export function anchorOf(heading: string): string {
  return plainText(heading)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

/** Every anchor of a page in Markdown, in the order of its headings. */
export function anchorsOf(page: string): readonly string[] {
  const taken = new Set<string>();
  return headingsOf(page).map((heading) => {
    const plain = anchorOf(heading);
    let anchor = plain;
    for (let count = 1; taken.has(anchor); count += 1) anchor = `${plain}-${String(count)}`;
    taken.add(anchor);
    return anchor;
  });
}

/** A page without its blocks of code, in which `#` begins a comment and brackets are no links. */
export function withoutCode(page: string): string {
  return page.replaceAll(/^(`{3,})[^\n]*\n[\s\S]*?^\1$/gm, "");
}

function headingsOf(page: string): readonly string[] {
  return [...withoutCode(page).matchAll(/^#{1,6} +(.+?) *#* *$/gm)].map((match) => match[1] ?? "");
}

/** A heading as it is read: links by their words, code and emphasis without their marks. */
function plainText(heading: string): string {
  return heading.replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll(/[`*]/g, "");
}
