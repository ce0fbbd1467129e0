import { el, icon, webAddress } from "./dom.js";
import type { Invitation } from "./wire.js";
import type { Words } from "./words.js";

/** Links are good for an hour; what is offered has at least half of it left. */
const FRESH = 30 * 60_000;
const AGAIN = 60_000;

const signs: Readonly<Record<string, string>> = {
  telegram: "M20 5 3.500 11.700l4.500 1.700L18 6.500l-7.500 8 5.500 4zM8 13.400V19l2.500-4.500",
  vk: "m3 8 3.500 8L10 8m4 0v8m6.500-8L14.500 12l6 4",
  viber: "M8 4.500c.6-.3 1.200-.2 1.600.3l1.300 2c.3.500.3 1.100-.1 1.500l-.8.900c.7 1.500 1.900 2.700 3.400 3.400l.9-.8c.4-.4 1-.4 1.500-.1l2 1.300c.5.400.6 1 .3 1.600-.8 1.300-2 2.100-3.400 1.700C10.500 15 7.400 11.900 6.300 7.900 6 6.500 6.700 5.300 8 4.500Z",
  messenger: "m3.500 15.500 6-6.500 4.500 3.500 6.500-4-6 6.500L10 11.500Z",
};

/** Messengers in which the visitor can go on: below the greeting, later behind a button of the header. */
export class Elsewhere {
  readonly button: HTMLButtonElement;
  readonly element: HTMLElement;
  private readonly list = el("div", { class: "places" });
  private due = 0;
  private turn = 0;
  private wanted = false;
  private beginning = false;

  /** @param ask resolves to null when it cannot be known now. */
  constructor(private readonly words: Words, private readonly ask: () => Promise<readonly Invitation[] | null>, private readonly shown: () => void) {
    this.button = el("button", { type: "button", class: "round", "aria-label": words.elsewhere, title: words.elsewhere, "aria-expanded": "false", hidden: true, onclick: () => this.want(!this.wanted) },
      icon("M9 15 20 4m-7 0h7v7M18 14v4a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2h4"));
    this.element = el("nav", { class: "elsewhere", "aria-label": words.elsewhere, hidden: true }, el("span", {}, words.elsewhere), this.list);
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
    this.due = Date.now() + AGAIN;
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
    const href = webAddress(url);
    const sign = signs[kind];
    const known = this.words.messengers[kind] ?? name;
    return href === null ? [] : [el("a", { class: `place ${kind}`, href, target: "_blank", rel: "noopener", title: name }, sign ? icon(sign) : null, known)];
  }

  private lay(): void {
    const none = !this.list.firstChild;
    this.button.hidden = none || this.beginning;
    this.button.setAttribute("aria-expanded", String(this.wanted));
    this.element.hidden = none || !(this.beginning || this.wanted);
  }
}
