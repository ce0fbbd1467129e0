import { seek, type Lock } from "./lock.js";
import type { Store } from "./store.js";

/** A leader that is alive answers a message within this time, however long its tab has been in the background. */
const ANSWER = 4000;

interface Handlers<M> {
  /** This tab holds the connection now, until the signal. */
  lead(over: AbortSignal): void;
  receive(message: M): void;
}

/**
 * All tabs of a site that serve the same visitor. Exactly one, the leader, talks to the server (browsers allow six
 * connections to a host on HTTP/1.1); the others ask it and are told by it over a BroadcastChannel.
 */
export class Tabs<M extends object> {
  leading = false;
  private channel: BroadcastChannel | null = null;
  private readonly lock: Lock | null = null;
  private patience = 0;

  constructor(
    name: string,
    store: Store,
    private readonly handlers: Handlers<M>,
    stop: AbortSignal,
  ) {
    // Tabs that cannot see one storage are not one visitor: each stands alone.
    if (!store.lasting || typeof BroadcastChannel === "undefined") {
      queueMicrotask(() => this.lead(stop));
      return;
    }
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = (event) => this.hear(event.data as M | "here" | "ask");
    this.lock = seek(name, store, (over) => this.lead(over), stop);
    stop.addEventListener("abort", () => {
      clearTimeout(this.patience);
      this.channel?.close();
      this.channel = null;
    });
  }

  /** Leader to followers. */
  tell(message: M): void {
    this.channel?.postMessage(message);
  }

  /** Follower to leader. If no leader answers in time and somebody looks at this tab, it takes the lead. */
  ask(message: M): void {
    this.channel?.postMessage(message);
    this.channel?.postMessage("ask");
    if (this.patience) return;
    this.patience = setTimeout(() => {
      this.patience = 0;
      if (!this.leading && document.visibilityState === "visible") this.lock?.steal();
    }, ANSWER);
  }

  private hear(message: M | "here" | "ask"): void {
    if (message === "ask") {
      if (this.leading) this.channel?.postMessage("here");
    } else if (message === "here") {
      clearTimeout(this.patience);
      this.patience = 0;
    } else {
      this.handlers.receive(message);
    }
  }

  private lead(over: AbortSignal): void {
    this.leading = true;
    over.addEventListener("abort", () => (this.leading = false));
    this.handlers.lead(over);
  }
}
