import { face } from "./bubble.js";
import { Composer } from "./composer.js";
import { el, icon, icons } from "./dom.js";
import { Elsewhere } from "./elsewhere.js";
import type { Host } from "./host.js";
import { Log } from "./log.js";
import type { Model } from "./model.js";
import { rowsOf, type View } from "./rows.js";
import type { Invitation } from "./wire.js";
import type { Words } from "./words.js";

/** A dropped connection that is back this soon is nobody's business. */
const SHRUG = 2000;
const TYPING = 6000;

export interface Acts {
  close(): void;
  end(): void;
  older(): void;
  seen(): void;
  send(text: string): void;
  keep(text: string): void;
  draft(text: string): void;
  channels(): Promise<readonly Invitation[] | null>;
}

/** The chat window: header, log, composer, and what is said between them. */
export class Panel {
  readonly element: HTMLElement;
  readonly composer: Composer;
  readonly log: Log;
  readonly elsewhere: Elsewhere;
  private readonly face = el("span", { class: "face" });
  private readonly title = el("b", { class: "title", dir: "auto" });
  private readonly state = el("span", { class: "state" });
  private readonly strip = el("div", { class: "strip", role: "status" });
  private readonly now = el("div", { class: "now", "aria-live": "polite" });
  private readonly ask: HTMLElement;
  private readonly endButton: HTMLButtonElement;
  private readonly jump: HTMLButtonElement;
  private faced = "";
  private troubleSince = 0;
  private timer = 0;
  private due = Infinity;

  constructor(private readonly host: Host, private readonly words: Words, private readonly acts: Acts) {
    this.endButton = el("button", { type: "button", class: "round", "aria-label": words.end, title: words.end, onclick: () => this.confirm(true) }, icon(icons.end));
    this.ask = this.askBar();
    this.elsewhere = new Elsewhere(words, () => acts.channels(), () => this.log.atEnd && this.log.toEnd());
    this.jump = el("button", { type: "button", class: "jump", hidden: true, onclick: () => this.toEnd() });
    this.log = new Log(words.chat, { older: () => acts.older(), end: () => acts.seen() });
    this.log.element.append(this.now);
    this.composer = new Composer(words, acts);
    this.element = el("section", { class: "panel", role: "dialog", "aria-label": words.chat, hidden: true, onkeydown: (event) => this.key(event as KeyboardEvent) },
      this.header(), el("div", { class: "body" }, this.strip, this.log.element, this.jump), this.elsewhere.element, this.ask, this.composer.element);
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  show(open: boolean): void {
    this.element.hidden = !open;
    if (!open) return;
    this.composer.fit();
    this.log.toEnd();
  }

  render(view: View, unread: number): void {
    const { facts } = view.model;
    this.due = Infinity;
    this.head(view.model);
    this.line(view.model);
    this.now.replaceChildren(...this.present(view));
    const beginning = isBeginning(view);
    this.now.className = beginning ? "now empty" : "now";
    this.elsewhere.render(beginning);
    if (facts.token) void this.elsewhere.refresh();
    this.log.show(rowsOf(view));
    this.jump.hidden = this.log.atEnd || unread === 0;
    this.jump.textContent = this.words.newMessages(unread);
    if (!facts.conversation) this.confirm(false);
    this.endButton.hidden = !facts.conversation;
    if (facts.hasMore && this.log.short) this.acts.older();
    clearTimeout(this.timer);
    if (this.due < Infinity) this.timer = setTimeout(() => this.element.dispatchEvent(new Event("lapsed")), this.due + 20);
  }

  private toEnd(): void {
    this.log.toEnd();
    this.acts.seen();
  }

  private header(): HTMLElement {
    const { words } = this;
    return el("div", { class: "head" }, this.face, el("div", { class: "who" }, this.title, this.state), this.elsewhere.button, this.endButton,
      el("button", { type: "button", class: "round", "aria-label": words.close, title: words.close, onclick: () => this.acts.close() }, icon(icons.down)));
  }

  private askBar(): HTMLElement {
    const { words } = this;
    const end = (): void => {
      this.confirm(false);
      this.acts.end();
    };
    return el("div", { class: "ask", role: "group", "aria-label": words.endAsk, hidden: true }, el("span", {}, words.endAsk),
      el("button", { type: "button", class: "danger", onclick: end }, words.endYes),
      el("button", { type: "button", class: "plain", onclick: () => this.confirm(false) }, words.cancel));
  }

  private confirm(open: boolean): void {
    if (this.ask.hidden === !open) return;
    this.ask.hidden = !open;
    if (open) this.ask.querySelector("button")!.focus();
    else if (this.open) this.composer.focus();
  }

  private key(event: KeyboardEvent): void {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    if (!this.ask.hidden) this.confirm(false);
    else if (this.elsewhere.open) {
      this.elsewhere.want(false);
      this.elsewhere.button.focus();
    } else this.acts.close();
  }

  private head({ facts }: Model): void {
    const { words } = this;
    const operator = facts.conversation?.status === "active" ? facts.conversation.operator : undefined;
    const company = facts.settings?.name ?? words.chat;
    const look = [operator?.name ?? company, operator?.avatar].join("\n");
    if (this.faced !== look) this.face.replaceChildren(face(operator?.name ?? company, operator?.avatar, this.host.config.base));
    this.faced = look;
    this.title.textContent = operator?.name ?? company;
    this.state.className = `state ${facts.settings ? (operator ? "online" : facts.availability) : ""}`;
    this.state.textContent = !facts.settings ? "" : operator ? (operator.title ?? company)
      : facts.availability === "online" ? words.online : facts.availability === "busy" ? words.busy : words.away;
  }

  /** What is wrong, once it has lasted long enough to matter. */
  private line({ facts }: Model): void {
    const { words } = this;
    this.troubleSince = facts.link === "live" ? 0 : this.troubleSince || Date.now();
    const lasted = Date.now() - this.troubleSince;
    const shown = facts.link === "refused" || facts.notice || (facts.link !== "live" && lasted >= SHRUG);
    if (facts.link !== "live" && !shown) this.later(SHRUG - lasted);
    this.strip.hidden = !shown;
    this.strip.textContent = !shown ? ""
      : facts.link === "refused" ? (words.refused[facts.refusal ?? ""] ?? words.refused[""]!)
      : facts.link === "live" ? words.troubled
      : facts.link === "offline" ? words.offline : words.connecting;
  }

  /** Below the last row: what is going on right now. */
  private present({ model, outbox }: View): Node[] {
    const { words } = this;
    const { facts } = model;
    if (!facts.settings) return facts.link === "refused" ? [] : [el("div", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i"))];
    if (isBeginning({ model, outbox })) return this.greeting(model);
    const { conversation, typing } = facts;
    const age = typing ? Date.now() - typing.at : 0;
    if (typing && age < TYPING && conversation?.id === typing.signal.conversation) {
      this.later(TYPING - age);
      const text = words.typing(typing.signal.author.name ?? words.someone);
      return [el("div", { class: "typing" }, el("div", { class: "dots", "aria-hidden": "true" }, el("i"), el("i"), el("i")), el("span", {}, text))];
    }
    if (conversation && conversation.status !== "active") {
      const { queuePosition: place } = conversation;
      return [el("div", { class: "wait" }, el("span", {}, facts.availability === "offline" ? words.waitAway : words.wait),
        place && facts.availability !== "offline" ? el("small", {}, words.queue(place)) : null)];
    }
    return [];
  }

  private greeting({ facts }: Model): Node[] {
    const { words } = this;
    return [el("div", { class: "hello" }, face(facts.settings!.name, undefined, ""), el("b", {}, words.hello),
      el("span", {}, facts.availability === "offline" ? words.helloAway : words.helloHere))];
  }

  /** Some words lapse by themselves. */
  private later(ms: number): void {
    this.due = Math.min(this.due, ms);
  }
}

/** Nothing has been said yet, as far as is known. */
function isBeginning({ model, outbox }: Pick<View, "model" | "outbox">): boolean {
  return !model.facts.conversation && !model.entries.length && !outbox.list().length;
}
