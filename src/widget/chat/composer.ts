import { el, icon, icons } from "./dom.js";
import type { Words } from "./words.js";

const LIMIT = 10_000;
const COUNT_FROM = 9_000;
const TELL_EVERY = 1000;

interface Handlers {
  send(text: string): void;
  /** What is written so far, at every key. */
  keep(text: string): void;
  /** The draft changed: at most once a second, and once more at the end. */
  draft(text: string): void;
}

/** Where the visitor writes. The textarea's own value is the draft; nothing is re-rendered while typing. */
export class Composer {
  readonly element: HTMLFormElement;
  private readonly area: HTMLTextAreaElement;
  private readonly counter: HTMLElement;
  private readonly button: HTMLButtonElement;
  private telling = 0;

  constructor(private readonly words: Words, private readonly handlers: Handlers) {
    this.area = el("textarea", { rows: "1", "aria-label": words.write, placeholder: words.write, dir: "auto", enterkeyhint: "send", oninput: () => this.changed() });
    this.counter = el("span", { class: "counter", role: "status" });
    this.button = el("button", { type: "submit", class: "send", "aria-label": words.send, title: words.send }, icon(icons.send));
    this.element = el("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.area, this.button, this.counter);
    this.area.addEventListener("keydown", (event) => {
      // Enter that ends an input method's composition is not for us (229 is how Safari says so).
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) this.submit(event);
    });
    this.fit();
  }

  get text(): string {
    return this.area.value;
  }

  set text(text: string) {
    this.area.value = text;
    this.fit();
  }

  focus(): void {
    this.area.focus({ preventScroll: true });
  }

  /** Again after the panel became visible: hidden text has no height. */
  fit(): void {
    const length = this.area.value.trim().length;
    this.area.style.height = "auto";
    if (this.area.scrollHeight) this.area.style.height = `${Math.min(this.area.scrollHeight, 160)}px`;
    this.button.disabled = length === 0 || length > LIMIT;
    this.counter.textContent = length > LIMIT ? this.words.tooLong(length - LIMIT) : length > COUNT_FROM ? this.words.left(LIMIT - length) : "";
    this.counter.classList.toggle("over", length > LIMIT);
  }

  private changed(): void {
    this.fit();
    this.handlers.keep(this.area.value);
    if (this.telling) return;
    this.telling = setTimeout(() => {
      this.telling = 0;
      this.handlers.draft(this.area.value);
    }, TELL_EVERY);
  }

  submit(event?: Event): void {
    event?.preventDefault();
    const text = this.area.value.trim();
    if (!text || text.length > LIMIT) return;
    clearTimeout(this.telling);
    this.telling = 0;
    this.text = "";
    this.handlers.keep("");
    this.handlers.send(text);
    this.focus();
  }
}
