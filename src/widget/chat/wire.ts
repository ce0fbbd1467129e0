// The visitor's side of the wire contract (docs/protocol.md): only what the widget reads.

export type Availability = "online" | "busy" | "offline";
export type Status = "queued" | "assigned" | "active" | "closed";
export type AuthorKind = "visitor" | "operator" | "bot" | "system";

export interface OperatorCard {
  readonly id: number;
  readonly name: string;
  readonly title?: string;
  readonly avatar?: string;
}

export interface Author {
  readonly kind: AuthorKind;
  readonly id?: number;
  readonly name?: string;
  readonly avatar?: string;
}

export interface FileLink {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
  readonly url: string;
  readonly width?: number;
  readonly height?: number;
  readonly thumbnailUrl?: string;
}

interface Envelope<K extends string> {
  readonly seq: number;
  readonly kind: K;
  readonly at: string;
  readonly conversation?: number;
}

export interface Message extends Envelope<"message.posted"> {
  readonly clientId: string;
  readonly author: Author;
  /** Null when the message was deleted. */
  readonly text: string | null;
  readonly files?: readonly FileLink[];
  readonly replyTo?: number;
  readonly editedAt?: string;
}

export type Entry =
  | Message
  | Envelope<"conversation.started">
  | (Envelope<"conversation.queued"> & { readonly position: number })
  | Envelope<"conversation.assigned">
  | (Envelope<"conversation.accepted"> & { readonly operator: OperatorCard })
  | (Envelope<"conversation.transferred"> & { readonly to: { readonly operator?: number; readonly department?: number } })
  | (Envelope<"conversation.closed"> & { readonly by: "visitor" | "operator" | "timeout" | "system" })
  | Envelope<"conversation.moved">
  | Envelope<"conversation.merged">
  | (Envelope<"rating.asked"> & { readonly operator: number; readonly scale: number })
  | (Envelope<"conversation.rated"> & { readonly operator: number; readonly scale: number; readonly score: number })
  | (Envelope<"message.read"> & { readonly message: number; readonly by: AuthorKind })
  | (Envelope<"message.edited"> & { readonly message: number; readonly text: string })
  | (Envelope<"message.deleted"> & { readonly message: number });

export interface Conversation {
  readonly id: number;
  readonly status: Status;
  readonly operator?: OperatorCard | undefined;
  readonly queuePosition?: number | undefined;
}

export interface Settings {
  readonly name: string;
  readonly accent?: string;
  readonly ratingScale: number;
}

export interface SessionAnswer {
  readonly token: string;
  readonly journal: string;
  readonly visitor: { readonly id: string; readonly name?: string | null };
  readonly seq: number;
  readonly availability: Availability;
  readonly conversation: Conversation | null;
  readonly timeline: readonly Entry[];
  readonly hasMore: boolean;
  readonly settings: Settings;
}

export interface TimelinePage {
  readonly events: readonly Entry[];
  readonly hasMore: boolean;
}

export interface Accepted {
  readonly seq: number;
  readonly conversation: number;
  readonly at: string;
}

/** Where the visitor can go on, and is known. */
export interface Invitation {
  readonly kind: string;
  /** As the company calls the channel. */
  readonly name: string;
  readonly url: string;
}

export interface Typing {
  readonly conversation: number;
  readonly author: Author;
  /** The sender's position: anything that author wrote later than this makes the signal stale. */
  readonly head: number;
  /** Missing: typing; empty: stopped. */
  readonly draft?: string;
}
