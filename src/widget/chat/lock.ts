import type { Store } from "./store.js";

/** Somebody may hold it at a time; `held` runs while this tab does and its signal tells when that is over. */
export interface Lock {
  /** Takes it from a holder who does not answer (a suspended tab on a phone holds its lock for ever). */
  steal(): void;
}

export function seek(name: string, store: Store, held: (over: AbortSignal) => void, stop: AbortSignal): Lock {
  return navigator.locks ? new WebLock(name, held, stop) : new Lease(store, held, stop);
}

class WebLock implements Lock {
  private waiting = new AbortController();

  constructor(
    private readonly name: string,
    private readonly held: (over: AbortSignal) => void,
    private readonly stop: AbortSignal,
  ) {
    stop.addEventListener("abort", () => this.waiting.abort());
    this.request();
  }

  steal(): void {
    this.waiting.abort();
    this.request(true);
  }

  private request(steal = false): void {
    if (this.stop.aborted) return;
    const waiting = (this.waiting = new AbortController());
    const over = new AbortController();
    let mine = false;
    navigator.locks
      .request(this.name, steal ? { steal } : { signal: waiting.signal }, () => {
        mine = true;
        this.held(over.signal);
        return new Promise<void>((release) => this.stop.addEventListener("abort", () => release()));
      })
      .catch(() => undefined)
      .then(() => {
        over.abort();
        // Stolen: stand in line again. Aborted by steal(): that request goes on in its place.
        if (mine) this.request();
      });
  }
}

const LEASE = 6000;

/** Without Web Locks (pages on plain http): a lease in the storage, renewed three times in its life. */
class Lease implements Lock {
  private readonly me = Math.random().toString(36).slice(2);
  private over: AbortController | null = null;

  constructor(
    private readonly store: Store,
    private readonly held: (over: AbortSignal) => void,
    stop: AbortSignal,
  ) {
    const timer = setInterval(() => this.look(), LEASE / 3);
    stop.addEventListener("abort", () => {
      clearInterval(timer);
      if (this.holder() === this.me) this.store.remove("lease");
      this.over?.abort();
    });
    setTimeout(() => this.look(), 0);
  }

  steal(): void {
    this.store.remove("lease");
    this.look();
  }

  private look(): void {
    const holder = this.holder();
    if (this.over && holder !== this.me) this.lose();
    else if (this.over) this.write();
    else if (holder === null) this.claim();
  }

  /** Two tabs may claim at once; the later write wins, and both look again before they believe it. */
  private claim(): void {
    this.write();
    setTimeout(() => {
      if (this.over || this.holder() !== this.me) return;
      this.over = new AbortController();
      this.held(this.over.signal);
    }, 50 + Math.random() * 100);
  }

  private lose(): void {
    this.over?.abort();
    this.over = null;
  }

  private holder(): string | null {
    const [who, until] = (this.store.get("lease") ?? "").split(" ");
    return who && Number(until) > Date.now() ? who : null;
  }

  private write(): void {
    this.store.set("lease", `${this.me} ${Date.now() + LEASE}`);
  }
}
