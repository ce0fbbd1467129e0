export interface Frame {
  readonly id?: number;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads server-sent events from a byte stream. Chunks may end anywhere, in the middle of a character or between CR
 * and LF. A frame without data (a heartbeat that only moves the position) is handed on like any other.
 * @param heard called for every chunk: the feed is alive.
 */
export async function* frames(body: ReadableStream<Uint8Array>, heard: () => void): AsyncGenerator<Frame> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const assembly = new Assembly();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      heard();
      rest += decoder.decode(value, { stream: true });
      const lines = rest.split(/\r\n|\n|\r(?!$)/);
      rest = lines.pop()!;
      for (const line of lines) {
        const frame = assembly.take(line);
        if (frame) yield frame;
      }
    }
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

class Assembly {
  private id: string | null = null;
  private event = "";
  private data: string[] = [];

  take(line: string): Frame | null {
    if (line === "") return this.finish();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "id") this.id = value;
    else if (field === "event") this.event = value;
    else if (field === "data") this.data.push(value);
    return null;
  }

  private finish(): Frame | null {
    const id = this.id === null ? NaN : Number(this.id || NaN);
    const frame = { event: this.event, data: this.data.join("\n"), ...(Number.isInteger(id) ? { id } : {}) };
    const empty = frame.id === undefined && !frame.event && !frame.data;
    this.id = null;
    this.event = "";
    this.data = [];
    return empty ? null : frame;
  }
}
