/** Says "try now": the network is back, the tab is looked at again, another tab asks. */
export class Bell extends EventTarget {
  rung = 0;

  wake(): void {
    this.rung++;
    this.dispatchEvent(new Event("wake"));
  }
}

/** How long to wait between tries: soon at first, then longer; always at random, so that a crowd does not return at once. */
export class Pace {
  private tries = 0;
  private heard = 0;

  /** @param after what the server asked for; nobody comes earlier, and not all at that very moment. */
  async wait(bell: Bell, stop: AbortSignal, after?: number): Promise<void> {
    // What was tried before it rang says nothing of now.
    if (bell.rung !== this.heard) this.tries = 0;
    this.heard = bell.rung;
    const top = Math.min(30_000, 2000 * 2 ** this.tries++);
    if (after !== undefined) return pause(after + Math.random() * 1000, null, stop);
    await pause(200, null, stop);
    if (bell.rung === this.heard) await pause(Math.random() * top, bell, stop);
  }

  reset(): void {
    this.tries = 0;
  }
}

/** Resolves after the time, when the bell rings or when it is over, whichever comes first. */
export function pause(ms: number, bell: Bell | null, stop: AbortSignal): Promise<void> {
  if (stop.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      bell?.removeEventListener("wake", done);
      stop.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    bell?.addEventListener("wake", done);
    stop.addEventListener("abort", done);
  });
}
