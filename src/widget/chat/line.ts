import type { Context } from "./context.js";
import { Refusal } from "./door.js";
import { frames, type Frame } from "./frames.js";
import { fromEntry, fromSession, type Facts } from "./model.js";
import { Outbox } from "./outbox.js";
import { Pace, type Bell } from "./pace.js";
import type { Availability, Entry, Typing } from "./wire.js";

/** The server speaks at least every 20 s; a cut cable says nothing. */
const SILENCE = 45_000;
const SETTLED = 10_000;
const REFUSED = 60_000;

/** The leader's connection: a session for the snapshot, then the feed from its position, for ever. */
export class Line {
  private readonly pace = new Pace();
  private cut = new AbortController();
  private heardAt = 0;
  private sessionAt = 0;
  /** The snapshot or the token is no good any more. */
  private leaving = false;
  private stale = false;

  constructor(
    private readonly context: Context,
    private readonly bell: Bell,
    private readonly over: AbortSignal,
    private readonly ready: () => void,
  ) {
    bell.addEventListener("wake", () => this.check());
    window.addEventListener("offline", () => this.cut.abort(), { signal: over });
    over.addEventListener("abort", () => this.cut.abort());
  }

  async run(): Promise<void> {
    while (!this.over.aborted) {
      const after = await this.once();
      await this.pace.wait(this.bell, this.over, after);
    }
  }

  /** The token was refused: start over with a new session. */
  renew(): void {
    this.stale = true;
    this.cut.abort();
  }

  /** One life of the connection. @returns how long to wait before the next, where that is known. */
  private async once(): Promise<number | undefined> {
    const started = Date.now();
    try {
      if (this.stale || !this.context.model.facts.token) await this.session();
    } catch (error) {
      return this.refused(error);
    }
    try {
      await this.follow();
    } catch (error) {
      // Whatever the feed was refused for, a new session knows better.
      this.stale ||= error instanceof Refusal && (error.status === 401 || !error.passing);
      this.publish({ link: "offline" });
      return error instanceof Refusal ? error.after : undefined;
    } finally {
      if (Date.now() - started > SETTLED) this.pace.reset();
    }
    // The server stops and says so: another one answers already.
    if (this.leaving) return 0;
    // One reset is news, and asked about at once; in a row (somebody else uses the same token) they must not become a storm.
    return this.stale && Date.now() - this.sessionAt > SETTLED ? 0 : undefined;
  }

  private refused(error: unknown): number | undefined {
    if (!(error instanceof Refusal)) throw error;
    const forGood = !error.passing || ["identity-expired", "identity-invalid"].includes(error.code);
    this.publish(forGood ? { link: "refused", refusal: error.code } : { link: "offline" });
    return forGood ? REFUSED : error.after;
  }

  private async session(): Promise<void> {
    const { config, store, anonymous, door, outbox } = this.context;
    const identity = await this.context.identity();
    const guest = anonymous?.get("token");
    const answer = await door.session({
      account: config.account,
      location: config.location,
      department: config.department,
      locale: config.locale,
      page: { url: location.href.split("#")[0]!.slice(0, 2000), title: document.title.slice(0, 300), referrer: document.referrer.slice(0, 2000) },
      token: guest ?? store.get("token") ?? undefined,
      identity: identity ?? undefined,
    });
    store.set("token", answer.token);
    if (this.over.aborted) return;
    if (anonymous && guest) {
      outbox.adopt(new Outbox(anonymous));
      anonymous.remove("token");
      anonymous.remove("running");
    }
    this.stale = false;
    this.sessionAt = Date.now();
    this.context.publish(fromSession(answer));
    this.ready();
  }

  private async follow(): Promise<void> {
    const { token, journal, position } = this.context.model.facts;
    this.cut = new AbortController();
    this.leaving = false;
    if (this.over.aborted) return;
    const watchdog = setInterval(() => this.check(), 5000);
    this.heardAt = Date.now();
    try {
      const body = await this.context.door.feed(token!, journal, position, this.cut.signal);
      this.publish({ link: "live", refusal: null });
      this.ready();
      for await (const frame of frames(body, () => (this.heardAt = Date.now()))) {
        if (!this.take(frame)) return;
      }
      this.publish({ link: "connecting" });
    } finally {
      clearInterval(watchdog);
      this.cut.abort();
    }
  }

  /** Also right after a sleep: timers stood still, and the connection is most likely dead. */
  private check(): void {
    if (Date.now() - this.heardAt > SILENCE) this.cut.abort();
  }

  private take(frame: Frame): boolean {
    if (frame.event === "reset") {
      this.stale = true;
      return false;
    }
    if (frame.event === "going-away") {
      this.leaving = true;
      return false;
    }
    const data = parsed(frame.data);
    if (data === null) {
      if (frame.id !== undefined) this.context.model.apply({ set: { position: frame.id } });
    } else if (frame.id === undefined) this.signal(frame.event, data);
    else this.enter(frame.id, data as Entry);
    return true;
  }

  private enter(position: number, entry: Entry): void {
    const { model, outbox } = this.context;
    if (entry.kind === "message.posted" && entry.author.kind === "visitor") outbox.remove(entry.clientId);
    this.context.publish({ set: { ...fromEntry(entry, model.facts), position }, entries: [entry] });
  }

  private signal(event: string, data: unknown): void {
    const { facts, entries } = this.context.model;
    if (event === "availability") {
      this.publish(data as { availability: Availability });
    } else if (event === "queue") {
      const { conversation, position } = data as { conversation: number; position: number };
      if (facts.conversation?.id === conversation) this.publish({ conversation: { ...facts.conversation, queuePosition: position } });
    } else if (event === "typing") {
      const signal = data as Typing;
      const written = entries.some((entry) => entry.seq > signal.head && entry.kind === "message.posted" && entry.author.id === signal.author.id);
      if (!written) this.publish({ typing: signal.draft === "" ? null : { signal, at: Date.now() } });
    }
  }

  private publish(set: Partial<Facts>): void {
    this.context.publish({ set });
  }
}

/** Null for a heartbeat, and for what is no JSON: one broken frame must not stop the talk for ever. */
function parsed(data: string): object | null {
  try {
    return JSON.parse(data || "null") as object | null;
  } catch {
    return null;
  }
}
