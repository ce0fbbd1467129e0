import { el, icon, icons, initials, webAddress } from "./dom.js";
import { linked } from "./text.js";
import type { Author, FileLink, Message } from "./wire.js";
import type { Words } from "./words.js";

/** A message as it is shown, whether the server has it or not. */
export interface Shown {
  readonly key: string;
  readonly mine: boolean;
  readonly author: Author;
  readonly at: number;
  readonly text: string | null;
  readonly files: readonly FileLink[];
  readonly edited: boolean;
  readonly quoted?: Message | undefined;
}

export function bubble(shown: Shown, first: boolean, words: Words, base: string): Node[] {
  const name = shown.mine ? words.you : nameOf(shown.author, words);
  return [
    shown.mine || el("span", { class: "face", "aria-hidden": "true" }, first ? face(shown.author.name ?? name, shown.author.avatar, base) : null),
    el("div", { class: "bubble" },
      el("span", { class: first && !shown.mine ? "name" : "hidden" }, first && !shown.mine ? name : `${name}: `),
      shown.quoted && quote(shown.quoted, words),
      shown.text === null
        ? el("em", {}, words.deleted)
        : shown.text && el("p", { dir: "auto" }, ...linked(shown.text)),
      ...shown.files.map((file) => attachment(file, base)),
      shown.edited && shown.text !== null && el("small", {}, words.edited)),
  ].filter((node): node is HTMLDivElement => node !== true);
}

export function nameOf(author: Author, words: Words): string {
  return author.name || (author.kind === "system" ? words.system : words.someone);
}

/** Initials, or the picture once it has loaded. */
export function face(name: string, avatar: string | undefined, base: string): HTMLElement {
  const circle = el("span", { class: "circle" }, initials(name));
  const address = avatar && webAddress(avatar, base);
  if (address) {
    const picture = el("img", { src: address, alt: "", onload: () => circle.replaceChildren(picture) });
  }
  return circle;
}

function quote(message: Message, words: Words): HTMLElement {
  const name = message.author.kind === "visitor" ? words.you : nameOf(message.author, words);
  return el("blockquote", { dir: "auto" },
    el("span", { class: "hidden" }, `${words.replyTo} `), el("b", {}, name), el("span", {}, message.text ?? words.deleted));
}

function attachment(file: FileLink, base: string): HTMLElement {
  const address = webAddress(file.url, base);
  const preview = /^image\/(png|jpeg|gif|webp|avif)$/.test(file.contentType) && webAddress(file.thumbnailUrl ?? file.url, base);
  const link = { href: address ?? undefined, target: "_blank", rel: "noopener noreferrer" };
  if (address && preview) {
    const size = file.width && file.height ? { width: String(file.width), height: String(file.height) } : {};
    return el("a", { ...link, class: "picture" }, el("img", { src: preview, alt: file.name, loading: "lazy", ...size }));
  }
  return el("a", { ...link, class: "file" }, icon(icons.file), el("span", { dir: "auto" }, file.name), el("small", {}, weight(file.size)));
}

function weight(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
