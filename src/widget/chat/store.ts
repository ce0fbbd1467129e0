/**
 * The browser's storage under one prefix. Where storage is blocked or full, what could not be written is kept in
 * memory: the chat works, and merely does not outlive the page.
 */
export class Store {
  private readonly memory = new Map<string, string>();
  private readonly area: Storage | null;

  constructor(kind: "localStorage" | "sessionStorage", readonly prefix: string) {
    this.area = reach(kind);
  }

  /** Whether other tabs and later pages can see what is written. */
  get lasting(): boolean {
    return this.area !== null;
  }

  get(key: string): string | null {
    return this.memory.get(key) ?? this.attempt((area) => area.getItem(this.prefix + key)) ?? null;
  }

  set(key: string, value: string): void {
    this.memory.delete(key);
    if (this.attempt((area) => (area.setItem(this.prefix + key, value), true)) !== true) this.memory.set(key, value);
  }

  remove(key: string): void {
    this.memory.delete(key);
    this.attempt((area) => area.removeItem(this.prefix + key));
  }

  /** Keys that begin so, sorted. */
  keys(start: string): string[] {
    const found = new Set([...this.memory.keys()].filter((key) => key.startsWith(start)));
    this.attempt((area) => {
      const full = this.prefix + start;
      for (let i = 0; i < area.length; i++) {
        const key = area.key(i);
        if (key?.startsWith(full)) found.add(key.slice(this.prefix.length));
      }
    });
    return [...found].sort();
  }

  private attempt<T>(use: (area: Storage) => T): T | undefined {
    try {
      return this.area ? use(this.area) : undefined;
    } catch {
      return undefined;
    }
  }
}

function reach(kind: "localStorage" | "sessionStorage"): Storage | null {
  try {
    const area = window[kind];
    const probe = "beseda:probe";
    area.setItem(probe, "1");
    area.removeItem(probe);
    return area;
  } catch {
    return null;
  }
}
