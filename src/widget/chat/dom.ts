type Kid = Node | string | null | undefined | false;
type Attributes = Readonly<Record<string, string | boolean | ((event: Event) => void) | undefined>>;

/**
 * An element with attributes, listeners (`onclick: …`) and children. Strings become text nodes: nothing that people
 * wrote is ever read as markup, and no attribute is a style (strict content security policies forbid those).
 */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...kids: Kid[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...kids.filter((kid): kid is Node | string => !!kid || kid === ""));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A 24 × 24 line icon; `fill` for solid ones. */
export function icon(path: string, fill = false): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  if (fill) svg.setAttribute("class", "solid");
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

export const icons = {
  down: "M6 9l6 6 6-6",
  end: "M9 12h11m-4-4 4 4-4 4M12 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h6",
  send: "M5 12h14m-6-6 6 6-6 6",
  star: "M12 2.8l2.8 5.9 6.4.8-4.7 4.5 1.2 6.4L12 17.3l-5.7 3.1 1.2-6.4L2.8 9.5l6.4-.8z",
  file: "M14 3H7a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8zm0 0v5h5",
};

export function initials(name: string): string {
  const words = name.replace(/[^\p{L}\p{N}\s]/gu, "").trim().split(/\s+/u);
  const big = words.filter((word) => /^[\p{Lu}\p{N}]/u.test(word));
  return (big.length ? big : words).slice(0, 2).map((word) => [...word][0] ?? "").join("").toUpperCase() || "•";
}

/** Only what a link may be: http and https, whatever people write. */
export function webAddress(address: string, base?: string): string | null {
  try {
    const url = new URL(address, base);
    return url.protocol === "https:" || url.protocol === "http:" ? url.href : null;
  } catch {
    return null;
  }
}
