import { el, webAddress } from "./dom.js";

const LINK = /(?:https?:\/\/|www\.)[^\s<>"«»]+/giu;
const TAIL = /[.,:;!?…'")\]}]+$/u;

/** People's words as text nodes, with addresses made into links. */
export function linked(text: string): Node[] {
  const nodes: Node[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const shown = trimmed(match[0]);
    const address = webAddress(/^www\./i.test(shown) ? `https://${shown}` : shown);
    if (!address) continue;
    nodes.push(document.createTextNode(text.slice(from, match.index)));
    nodes.push(el("a", { href: address, target: "_blank", rel: "noopener noreferrer nofollow" }, shown));
    from = match.index + shown.length;
  }
  nodes.push(document.createTextNode(text.slice(from)));
  return nodes;
}

/** A full stop or a bracket behind an address belongs to the sentence, unless the bracket was opened within. */
function trimmed(address: string): string {
  const bare = address.replace(TAIL, "");
  const rest = address.slice(bare.length);
  return rest.startsWith(")") && bare.split("(").length > bare.split(")").length ? `${bare})` : bare;
}
