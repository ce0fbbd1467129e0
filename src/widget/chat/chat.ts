import { Refusal } from "./door.js";
import type { Chat, Host, IdentitySource } from "./host.js";
import { fetchIdentity, siteIdentity, subjectOf } from "./identity.js";
import { Panel } from "./panel.js";
import { Pace, Bell } from "./pace.js";
import type { Question } from "./rating.js";
import type { View } from "./rows.js";
import { Store } from "./store.js";
import { Talk } from "./talk.js";
import { followViewport, paint } from "./viewport.js";
import { wordsOf } from "./words.js";
import styles from "./chat.css";

const IDENTITY_TRIES = 3;

/** Called by the loader, once. */
export function mount(host: Host): Chat {
  return new Widget(host);
}

class Widget implements Chat {
  private readonly words;
  private readonly panel: Panel;
  private readonly corner: Store;
  private readonly sent = new Map<string, number>();
  private talk: Talk | null = null;
  private source: IdentitySource | undefined;
  private beginning = new AbortController();
  private drawn = false;
  private eager = false;
  private color = "";

  constructor(private readonly host: Host) {
    this.words = wordsOf(host.config.locale);
    this.corner = new Store("sessionStorage", `beseda:${host.config.account}:`);
    this.source = host.identity ?? siteIdentity(host.config.identityUrl);
    host.dress(styles);
    paint(host.element, host.config.color);
    this.panel = this.makePanel();
    this.panel.element.addEventListener("lapsed", () => this.draw());
    host.root.prepend(this.panel.element);
    followViewport(host.element);
    document.addEventListener("visibilitychange", () => this.look());
    // A page kept for the back button must let go of lock and feed, and starts afresh when it is shown again.
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => event.persisted && void this.begin());
    void this.begin();
  }

  open(draft?: string, focus = true): void {
    if (draft && !this.panel.composer.text) this.panel.composer.text = draft;
    this.panel.show(true);
    this.host.opened(true);
    if (focus) this.panel.composer.focus();
    this.draw();
  }

  close(): void {
    if (!this.panel.open) return;
    const focused = this.panel.element.contains(this.host.root.activeElement);
    this.panel.show(false);
    this.host.opened(false);
    if (focused) this.host.launcher.focus();
    this.draw();
  }

  identify(source: IdentitySource): void {
    this.source = source;
    void this.begin();
  }

  private leave(): void {
    this.beginning.abort();
    this.talk?.end();
    this.talk = null;
  }

  /** Finds out who the visitor is, then talks as them. Another person means another talk, never a mixed one. */
  private async begin(): Promise<void> {
    this.beginning.abort();
    const { signal } = (this.beginning = new AbortController());
    const pace = new Pace();
    let who: string | null = null;
    for (let attempt = 1; who === null && !signal.aborted; attempt++) {
      try {
        who = subjectOf(await fetchIdentity(this.source));
      } catch {
        // The company's own site does not answer: rather a guest who can write than a customer who cannot.
        if (attempt === IDENTITY_TRIES) who = "";
        else await pace.wait(new Bell(), signal);
      }
    }
    if (who !== null && !signal.aborted && who !== this.talk?.who) this.become(who);
  }

  private become(who: string): void {
    const draft = this.panel.composer.text || this.corner.get(`draft:${who}`) || "";
    this.talk?.end();
    this.panel.elsewhere.forget();
    this.talk = new Talk(this.host.config, { who, token: () => this.token(who) }, () => this.draw());
    this.panel.composer.text = draft;
    if (this.eager) this.panel.composer.submit();
    this.eager = false;
    this.draw();
  }

  private async token(who: string): Promise<string | null> {
    const token = await fetchIdentity(this.source).catch((error: unknown) => {
      if (who) throw error;
      return null;
    });
    if (subjectOf(token) === who) return token;
    this.become(subjectOf(token));
    throw new Refusal(0, "somebody-else");
  }

  private makePanel(): Panel {
    const talk = (use: (talk: Talk) => void): void => void (this.talk && use(this.talk));
    return new Panel(this.host, this.words, {
      close: () => this.close(),
      end: () => talk((t) => t.model.facts.conversation && t.do({ do: "close", conversation: t.model.facts.conversation.id })),
      older: () => talk((t) => t.older()),
      seen: () => this.look(),
      send: (text) => this.post(text),
      keep: (text) => this.corner.set(`draft:${this.talk?.who ?? ""}`, text),
      channels: async () => (await this.talk?.channels()) ?? null,
      draft: (draft) => talk((t) => t.model.facts.conversation && t.do({ do: "typing", draft })),
    });
  }

  private post(text: string): void {
    // Written before anybody knew who writes: sent when that is known, until then safe in the draft.
    if (!this.talk) {
      this.eager = true;
      this.panel.composer.text = text;
      this.corner.set("draft:", text);
      return;
    }
    this.panel.log.atEnd = true;
    this.talk.post(text);
  }

  /** Read is what is in view: panel open, tab visible, log at its end. */
  private look(): void {
    if (this.panel.open && document.visibilityState === "visible" && this.panel.log.atEnd) this.talk?.see();
  }

  /** At most once a frame; hidden tabs have no frames. */
  private draw(): void {
    if (this.drawn) return;
    this.drawn = true;
    const now = (): void => {
      this.drawn = false;
      this.render();
    };
    if (document.hidden) setTimeout(now, 50);
    else requestAnimationFrame(now);
  }

  private render(): void {
    const { talk } = this;
    if (!talk) return;
    const { settings, notice } = talk.model.facts;
    if (notice?.startsWith("rate")) this.sent.clear();
    if (!this.host.config.color && settings?.accent && settings.accent !== this.color) paint(this.host.element, (this.color = settings.accent));
    if (this.panel.open) this.panel.render(this.view(talk), talk.unread);
    this.look();
    this.host.unread(this.panel.open ? 0 : talk.unread);
  }

  private view(talk: Talk): View {
    const id = (question: Question): string => `${question.conversation}:${question.operator}`;
    return {
      words: this.words,
      locale: navigator.language.startsWith(this.host.config.locale) ? navigator.language : this.host.config.locale,
      base: this.host.config.base,
      model: talk.model,
      outbox: talk.outbox,
      sent: (question) => this.sent.get(id(question)) ?? null,
      skipped: (question) => talk.store.get(`skip:${id(question)}`) !== null,
      skip: (question) => {
        talk.store.set(`skip:${id(question)}`, "1");
        this.draw();
        this.panel.composer.focus();
      },
      rate: (question, score) => {
        this.sent.set(id(question), score);
        const { conversation, operator, scale } = question;
        talk.do({ do: "rate", conversation, operator, scale, score });
        this.draw();
      },
      retry: (parcel) => talk.retry(parcel),
      edit: (parcel) => {
        this.panel.composer.text = [parcel.text, this.panel.composer.text].filter(Boolean).join("\n");
        talk.discard(parcel);
        this.panel.composer.focus();
      },
      drop: (parcel) => talk.discard(parcel),
    };
  }
}
