import { el } from "./dom.js";
import type { Row } from "./rows.js";

const NEAR = 40;

/** The scrolling list of rows: keeps its place while history grows above it, and follows the talk at its end. */
export class Log {
  readonly list = el("ol", {});
  readonly element: HTMLElement;
  private readonly known = new Map<string, { readonly item: HTMLLIElement; signature: string }>();
  /** The reader is at the end and wants to see what comes. */
  atEnd = true;
  private size = [0, 0];

  /** @param wanted called when the reader comes near the top, and when they reach the end. */
  constructor(label: string, wanted: { older(): void; end(): void }) {
    this.element = el("div", { class: "log", role: "log", tabindex: "0", "aria-label": label, "aria-live": "polite" }, this.list);
    this.element.addEventListener("scroll", () => {
      if (this.resized()) return;
      const was = this.atEnd;
      this.atEnd = this.distance() < NEAR;
      if (this.atEnd && !was) wanted.end();
      if (this.element.scrollTop < 200) wanted.older();
    }, { passive: true });
    // The composer grows, a keyboard appears, a picture loads: who was at the end stays there.
    const observer = new ResizeObserver(() => this.atEnd && this.toEnd());
    observer.observe(this.element);
    observer.observe(this.list);
  }

  /** Nothing to scroll, so nobody can ask for more by scrolling. */
  get short(): boolean {
    return this.element.clientHeight > 0 && this.element.scrollHeight <= this.element.clientHeight;
  }

  show(rows: readonly Row[]): void {
    const start = this.element.getBoundingClientRect().top;
    // The first row in view; not a day's name, which stays on top of what is loaded above it.
    const anchor = this.atEnd ? undefined : rows.find(({ key, look }) => look !== "day" && this.top(key) >= start)?.key;
    const before = anchor ? this.top(anchor) : 0;
    this.lay(rows);
    if (this.atEnd) this.toEnd();
    else if (anchor) this.element.scrollTop += this.top(anchor) - before;
  }

  toEnd(): void {
    const { element } = this;
    this.atEnd = true;
    element.scrollTop = element.scrollHeight;
    this.size = [element.clientHeight, element.scrollHeight];
  }

  /** Scrolled by the layout, not by the reader: who was at the end goes there again. */
  private resized(): boolean {
    const { clientHeight, scrollHeight } = this.element;
    const changed = this.atEnd && (clientHeight !== this.size[0] || scrollHeight !== this.size[1]);
    if (changed) this.toEnd();
    return changed;
  }

  /** Where the row stands on the screen; nowhere if it is not laid yet. */
  private top(key: string): number {
    return this.known.get(key)?.item.getBoundingClientRect().top ?? -Infinity;
  }

  private distance(): number {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight;
  }

  private lay(rows: readonly Row[]): void {
    const wanted = new Set(rows.map((row) => row.key));
    for (const [key, { item }] of this.known) {
      if (wanted.has(key)) continue;
      item.remove();
      this.known.delete(key);
    }
    // Read out what is said now, not a page of history.
    const added = rows.filter(({ key }) => !this.known.has(key)).length;
    this.element.setAttribute("aria-live", added > 4 ? "off" : "polite");
    let next = this.list.firstElementChild;
    for (const row of rows) {
      const item = this.item(row);
      if (item === next) next = next.nextElementSibling;
      else this.list.insertBefore(item, next);
    }
  }

  private item(row: Row): HTMLLIElement {
    const signature = `${row.look} ${row.signature}`;
    const known = this.known.get(row.key);
    if (known?.signature === signature) return known.item;
    const item = known?.item ?? el("li");
    // Rebuilding under the reader's finger must not lose the keyboard's place.
    const focused = [...item.querySelectorAll("button")].indexOf((item.getRootNode() as ShadowRoot).activeElement as HTMLButtonElement);
    item.className = row.look;
    item.replaceChildren(...row.build());
    if (focused >= 0) item.querySelectorAll("button")[focused]?.focus();
    this.known.set(row.key, { item, signature });
    return item;
  }
}
