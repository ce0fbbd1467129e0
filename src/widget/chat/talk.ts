import type { Context } from "./context.js";
import { Courier, type Command } from "./courier.js";
import { Door } from "./door.js";
import type { Config } from "./host.js";
import { Line } from "./line.js";
import { isTheirs, Model, type Patch } from "./model.js";
import { Outbox, type Parcel } from "./outbox.js";
import { Bell } from "./pace.js";
import { Store } from "./store.js";
import { Tabs } from "./tabs.js";
import type { Invitation } from "./wire.js";

/** What tabs say to each other. A parcel is told whole: the storage may have been too full to hold it. */
type Note = { readonly patch: Patch } | { readonly command: Command; readonly parcel?: Parcel } | { readonly hello: true };

const AGAIN = 5000;

export interface Identity {
  /** The customer's id as the token's `sub` says; empty for an anonymous visitor. */
  readonly who: string;
  token(): Promise<string | null>;
}

/** One visitor's talk with the company as this tab sees it, whichever tab holds the connection. */
export class Talk {
  readonly model = new Model();
  readonly outbox: Outbox;
  readonly store: Store;
  private readonly tabs: Tabs<Note>;
  private readonly over = new AbortController();
  private courier: Courier | null = null;
  private asked = { before: 0, at: 0 };

  constructor(
    private readonly config: Config,
    private readonly identity: Identity,
    private readonly changed: () => void,
  ) {
    this.store = open(config, identity.who);
    this.outbox = new Outbox(this.store);
    const handlers = { lead: (over: AbortSignal) => this.lead(over), receive: (note: Note) => this.receive(note) };
    this.tabs = new Tabs<Note>(this.store.prefix, this.store, handlers, this.over.signal);
    this.tabs.ask({ hello: true });
    const poke = (event: Event): void => {
      if (event.type === "online" || document.visibilityState === "visible") this.do({ do: "wake" });
    };
    for (const type of ["online", "focus"]) window.addEventListener(type, poke, { signal: this.over.signal });
    document.addEventListener("visibilitychange", poke, { signal: this.over.signal });
  }

  /** Names what belongs to this visitor alone in storage that lives as long as the tab. */
  get who(): string {
    return this.identity.who;
  }

  end(): void {
    this.over.abort();
  }

  post(text: string): void {
    const parcel = this.outbox.add(text);
    this.store.set("running", "1");
    this.changed();
    this.do({ do: "send" }, parcel);
  }

  retry(parcel: Parcel): void {
    const again = { ...parcel, failed: undefined };
    this.outbox.put(again);
    this.changed();
    this.do({ do: "send" }, again);
    this.do({ do: "wake" });
  }

  discard(parcel: Parcel): void {
    this.outbox.remove(parcel.clientId);
    this.publish({});
  }

  /** Loads a page of history; asked for again and again while somebody scrolls. */
  older(): void {
    const before = this.model.entries[0]?.seq ?? 0;
    if (!this.model.facts.hasMore || (before === this.asked.before && Date.now() - this.asked.at < AGAIN)) return;
    this.asked = { before, at: Date.now() };
    this.do({ do: "older" });
  }

  do(command: Command, parcel?: Parcel): void {
    if (this.courier) this.courier.carry(command);
    else this.tabs.ask(parcel ? { command, parcel } : { command });
    // Followers show each other's words at once, too.
    if (this.courier && parcel) this.tabs.tell({ patch: {} });
  }

  /** Where the visitor can go on; null: not known now. */
  async channels(): Promise<readonly Invitation[] | null> {
    const { token } = this.model.facts;
    return token ? await new Door(this.config.base).channels(token).catch(() => null) : null;
  }

  /** Messages of others that nobody has seen yet in this browser. */
  get unread(): number {
    const read = this.read;
    return this.model.entries.filter((entry) => isTheirs(entry) && entry.seq > read).length;
  }

  /** The visitor has everything in view. */
  see(): void {
    const newest = this.model.newest(isTheirs)?.seq ?? 0;
    if (newest <= this.read) return;
    this.store.set("read", String(newest));
    this.do({ do: "read", seq: newest });
    this.publish({});
  }

  private get read(): number {
    const stored = this.store.get("read");
    if (stored !== null) return Number(stored);
    // A browser that has never seen this history: what was said before the open conversation is old news.
    const { conversation, position, token } = this.model.facts;
    return conversation ? conversation.id : token ? position : 0;
  }

  private publish(patch: Patch): void {
    this.model.apply(patch);
    this.tabs.tell({ patch });
    if (this.tabs.leading) this.remember();
    this.changed();
  }

  /** For the loader of the next page: whether it pays to load the chat before somebody asks for it. */
  private remember(): void {
    const { token, conversation, position } = this.model.facts;
    if (token && this.store.get("read") === null) this.store.set("read", String(conversation?.id ?? position));
    if (conversation || this.unread || this.outbox.list().length) this.store.set("running", "1");
    else this.store.remove("running");
  }

  private receive(note: Note): void {
    if ("patch" in note) {
      this.model.apply(note.patch);
      this.changed();
    } else if ("hello" in note) {
      if (this.tabs.leading) this.tabs.tell({ patch: this.model.whole() });
    } else {
      if (note.parcel && this.courier) this.outbox.put(note.parcel);
      this.courier?.carry(note.command);
      this.changed();
    }
  }

  private lead(over: AbortSignal): void {
    const bell = new Bell();
    const context: Context = {
      config: this.config,
      door: new Door(this.config.base),
      model: this.model,
      outbox: this.outbox,
      store: this.store,
      anonymous: this.identity.who ? open(this.config, "") : null,
      identity: () => this.identity.token(),
      // An answer that comes after the lead was lost is the next leader's to tell: the feed brings it there.
      publish: (patch) => over.aborted || this.publish(patch),
    };
    const line = new Line(context, bell, over, () => void courier.send());
    const courier = new Courier(context, line, bell, over);
    this.courier = courier;
    over.addEventListener("abort", () => (this.courier = null));
    void line.run();
    void courier.send();
  }
}

/** Each visitor of this browser has a corner of their own: a signed-in customer's words never mix with a guest's. */
function open(config: Config, who: string): Store {
  return new Store("localStorage", `beseda:${config.account}:${encodeURIComponent(who)}:`);
}
