import type { Availability, Conversation, Entry, Message, SessionAnswer, Settings, Typing } from "./wire.js";

export type Link = "connecting" | "live" | "offline" | "refused";

/** What all tabs of a visitor show. Kept by the leader, copied to the others. */
export interface Facts {
  readonly link: Link;
  /** Why the server will not talk to this page at all, as a problem code. */
  readonly refusal: string | null;
  readonly token: string | null;
  readonly journal: string;
  readonly visitor: string;
  /** Everything up to this seq is in the entries. */
  readonly position: number;
  readonly settings: Settings | null;
  readonly availability: Availability;
  readonly conversation: Conversation | null;
  readonly hasMore: boolean;
  readonly typing: { readonly signal: Typing; readonly at: number } | null;
  /** Client id of the message that could not be sent yet and is tried again. */
  readonly waiting: string | null;
  /** A command that failed: its problem code. */
  readonly notice: string | null;
}

export interface Patch {
  readonly set?: Partial<Facts>;
  readonly entries?: readonly Entry[];
  /** The entries replace all that is known. */
  readonly fresh?: boolean;
}

export class Model {
  facts: Facts = {
    link: "connecting", refusal: null, token: null, journal: "", visitor: "", position: 0, settings: null,
    availability: "offline", conversation: null, hasMore: false, typing: null, waiting: null, notice: null,
  };
  private readonly bySeq = new Map<number, Entry>();
  private sorted: readonly Entry[] | null = null;

  /** Ascending by seq. */
  get entries(): readonly Entry[] {
    return (this.sorted ??= [...this.bySeq.values()].sort((a, b) => a.seq - b.seq));
  }

  apply(patch: Patch): void {
    if (patch.set) this.facts = { ...this.facts, ...patch.set };
    if (patch.fresh) this.bySeq.clear();
    for (const entry of patch.entries ?? []) this.keep(entry);
    if (patch.fresh || patch.entries) this.sorted = null;
  }

  whole(): Patch {
    return { set: this.facts, entries: this.entries, fresh: true };
  }

  message(seq: number): Message | undefined {
    const entry = this.bySeq.get(seq);
    return entry?.kind === "message.posted" ? entry : undefined;
  }

  has(clientId: string): boolean {
    return this.entries.some((entry) => entry.kind === "message.posted" && entry.clientId === clientId && !isTheirs(entry));
  }

  /** The newest entry that satisfies the question. */
  newest<E extends Entry>(is: (entry: Entry) => entry is E): E | undefined {
    return this.entries.findLast(is);
  }

  private keep(entry: Entry): void {
    if (entry.kind === "message.edited") this.change(entry.message, { text: entry.text, editedAt: entry.at });
    else if (entry.kind === "message.deleted") this.change(entry.message, { text: null });
    else this.bySeq.set(entry.seq, entry);
  }

  private change(seq: number, part: Partial<Message>): void {
    const message = this.message(seq);
    if (message) this.bySeq.set(seq, { ...message, ...part });
  }
}

/** Written by somebody else than the visitor. */
export function isTheirs(entry: Entry): entry is Message {
  return entry.kind === "message.posted" && entry.author.kind !== "visitor";
}

export function fromSession(answer: SessionAnswer): Patch {
  const { token, journal, seq, availability, conversation, timeline, hasMore, settings, visitor } = answer;
  const set = { token, journal, position: seq, availability, conversation, hasMore, settings, visitor: visitor.id };
  return { set: { ...set, link: "connecting", refusal: null, typing: null }, entries: timeline, fresh: true };
}

/** What an event of the feed changes besides being an entry. */
export function fromEntry(entry: Entry, facts: Facts): Partial<Facts> {
  const id = entry.conversation ?? entry.seq;
  const now = facts.conversation?.id === id ? facts.conversation : null;
  switch (entry.kind) {
    case "conversation.started":
      return { conversation: { id, status: "queued" } };
    case "conversation.queued":
      return { conversation: { id, status: "queued", queuePosition: entry.position } };
    case "conversation.assigned":
      return { conversation: { ...now, id, status: "assigned", operator: undefined } };
    case "conversation.accepted":
      return { conversation: { id, status: "active", operator: entry.operator } };
    case "conversation.transferred":
      return now ? { conversation: { id, status: "queued" } } : {};
    case "conversation.closed":
    case "conversation.moved":
    case "conversation.merged":
      return now ? { conversation: null, typing: null } : {};
    case "message.posted":
      return isTheirs(entry) ? { typing: null } : {};
    default:
      return {};
  }
}
