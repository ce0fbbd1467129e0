import type { Store } from "./store.js";

export interface Parcel {
  readonly clientId: string;
  readonly text: string;
  /** Milliseconds by this browser's clock; shown until the server tells its own time. */
  readonly at: number;
  readonly key: string;
  /** The refusal's code, once the server refused it for good. */
  readonly failed?: string | undefined;
}

const START = "out:";
let last = 0;

/**
 * What the visitor wrote and the server has not acknowledged. One storage key per message, so that tabs never overwrite
 * each other's; keys sort in the order of writing, and that is the order of sending.
 */
export class Outbox {
  constructor(private readonly store: Store) {}

  list(): Parcel[] {
    return this.store.keys(START).flatMap((key) => read(key, this.store.get(key)));
  }

  /** Stored before anything is sent: from here on a reload, a crash or a dead network cannot lose it. */
  add(text: string): Parcel {
    last = Math.max(Date.now(), last + 1);
    const clientId = uuid();
    const parcel = { clientId, text, at: last, key: `${START}${String(last).padStart(16, "0")}:${clientId}` };
    this.put(parcel);
    return parcel;
  }

  put(parcel: Parcel): void {
    this.store.set(parcel.key, JSON.stringify(parcel));
  }

  remove(clientId: string): void {
    for (const key of this.store.keys(START)) if (key.endsWith(clientId)) this.store.remove(key);
  }

  /** Takes over what an anonymous visitor had not sent yet when they signed in. */
  adopt(other: Outbox): void {
    for (const parcel of other.list()) {
      this.put(parcel);
      other.store.remove(parcel.key);
    }
  }
}

function read(key: string, json: string | null): Parcel[] {
  try {
    const parcel = JSON.parse(json ?? "null") as Parcel | null;
    return parcel && typeof parcel.text === "string" ? [{ ...parcel, key }] : [];
  } catch {
    return [];
  }
}

/** crypto.randomUUID exists on https pages only; sites on plain http have visitors too. */
export function uuid(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
