import { el, icon } from "./dom.js";
import type { Invitation } from "./wire.js";
import type { Words } from "./words.js";

/** Links are good for an hour; what is offered has at least half of it left. */
const FRESH = 30 * 60_000;
const PAUSE = 60_000;

const signs: Readonly<Record<string, string>> = {
  telegram: "M20 5 3.5 11.7l4.5 1.7L18 6.5l-7.5 8 5.5 4zM8 13.4V19l2.5-4.5",
  vk: "m3 8 3.5 8L10 8m4 0v8m6.5-8L14.5 12l6 4",
  viber: "M7.5 4 5 5.5C5 13 11 19 18.5 19l1.5-2.5-3.5-2.5-2 1.5a10 10 0 0 1-6-6l1.5-2z",
  messenger: "m3.5 15.5 6-6.5 4.5 3.5 6.5-4-6 6.5L10 11.5Z",
};

/** Messengers in which the visitor can go on: below the greeting, later behind a button of the header. */
export class Elsewhere {
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  private readonly label = el("span");
  private readonly list = el("div", { class: "places" });
  private due = 0;
  private turn = 0;
  private wanted = false;
  private beginning = false;

  /** @param ask resolves to null when it cannot be known now. */
  constructor(private readonly words: Words, private readonly ask: () => Promise<readonly Invitation[] | null>, private readonly shown: () => void) {
    this.button = el("button", { type: "button", class: "round", "aria-label": words.elsewhere, title: words.elsewhere, "aria-expanded": "false", hidden: true, onclick: () => this.want(!this.wanted) },
      icon("M10 14 20 4m-7 0h7v7M10 6H4v14h14v-6"));
    this.element = el("nav", { class: "elsewhere", "aria-label": words.elsewhere, hidden: true }, this.label, this.list);
  }

  get open(): boolean {
    return this.wanted;
  }

  want(open: boolean): void {
    this.wanted = open;
    this.lay();
    if (open) void this.refresh().then(() => this.list.querySelector("a")?.focus());
    this.shown();
  }

  /** @param beginning nothing has been said yet: they are offered without being asked for. */
  render(beginning: boolean): void {
    if (beginning) this.wanted = false;
    this.beginning = beginning;
    this.lay();
  }

  /** Asks anew if the links are no longer fresh. */
  async refresh(): Promise<void> {
    if (Date.now() < this.due) return;
    this.due = Date.now() + PAUSE;
    const turn = this.turn;
    const all = await this.ask();
    if (turn !== this.turn || !all) return;
    this.due = Date.now() + FRESH;
    this.list.replaceChildren(...all.flatMap((one) => this.place(one)));
    this.lay();
  }

  /** Another visitor's links are not this one's. */
  forget(): void {
    this.turn++;
    this.due = 0;
    this.wanted = false;
    this.list.replaceChildren();
    this.lay();
  }

  private place({ kind, name, url }: Invitation): Node[] {
    const sign = signs[kind];
    const known = this.words.messengers[kind] ?? name;
    return /^(https?|viber):/i.test(url) ? [el("a", { class: `place ${kind}`, href: url, target: "_blank", rel: "noopener" }, sign && icon(sign), known)] : [];
  }

  private lay(): void {
    const none = !this.list.firstChild;
    this.label.textContent = this.beginning ? this.words.orElsewhere : this.words.elsewhere;
    this.button.hidden = none || this.beginning;
    this.button.setAttribute("aria-expanded", String(this.wanted));
    this.element.hidden = none || !(this.beginning || this.wanted);
  }
}
