import type { Accepted, Invitation, SessionAnswer, TimelinePage } from "./wire.js";

/** Why a call did not do what it should. Status 0: no answer at all (network, time-out, page leaving). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    /** Milliseconds to wait, where the server said so. */
    readonly after?: number,
  ) {
    super(code);
  }

  /** The same call may succeed later as it stands. */
  get passing(): boolean {
    return this.status === 0 || this.status >= 500 || [401, 408, 425, 429].includes(this.status);
  }
}

const PATIENCE = 20_000;

/** The visitor door, call by call. */
export class Door {
  constructor(private readonly base: string) {}

  session(body: object): Promise<SessionAnswer> {
    return this.post("session", null, body);
  }

  /** Outlives the page: a message on its way when the visitor follows a link still arrives. */
  message(token: string, body: object): Promise<Accepted> {
    return this.post("messages", token, body, true);
  }

  tell(what: "typing" | "read" | "close" | "rating", token: string, body: object): Promise<void> {
    return this.post(what, token, body);
  }

  timeline(token: string, before: number): Promise<TimelinePage> {
    return this.call(`timeline?before=${before}&limit=50`, { headers: bearer(token) });
  }

  channels(token: string): Promise<readonly Invitation[]> {
    return this.call("channels", { headers: bearer(token) });
  }

  /** @param stop ends the feed. The answer is refused like any other call; its body never ends by itself. */
  async feed(token: string, journal: string, position: number, stop: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers = { ...bearer(token), "Last-Event-ID": String(position) };
    const path = `feed?journal=${encodeURIComponent(journal)}`;
    const response = await this.reach(path, { headers, signal: stop });
    if (!response.body) throw new Refusal(0, "network");
    return response.body;
  }

  private post<T>(path: string, token: string | null, body: object, keepalive = false): Promise<T> {
    const headers = { "Content-Type": "application/json", ...(token === null ? {} : bearer(token)) };
    return this.call(path, { method: "POST", headers, body: JSON.stringify(body), keepalive });
  }

  private async call<T>(path: string, init: RequestInit): Promise<T> {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const response = await this.reach(path, { ...init, signal: patience.signal });
      return (response.status === 204 ? undefined : await response.json()) as T;
    } catch (error) {
      throw error instanceof Refusal ? error : new Refusal(0, "network");
    } finally {
      clearTimeout(timer);
    }
  }

  private async reach(path: string, init: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(`${this.base}/api/visitor/${path}`, { cache: "no-store", credentials: "omit", ...init });
    } catch {
      throw new Refusal(0, "network");
    }
    if (response.ok) return response;
    const problem = (await response.json().catch(() => null)) as { code?: unknown } | null;
    const code = typeof problem?.code === "string" ? problem.code : `http-${response.status}`;
    throw new Refusal(response.status, code, after(response.headers.get("Retry-After")));
  }
}

function bearer(token: string): Record<string, string> {
  return { Authorization: `Bearer ${token}` };
}

/** Seconds or a date (RFC 9110), never more than ten minutes. */
function after(value: string | null): number | undefined {
  if (!value) return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 600_000) : undefined;
}
