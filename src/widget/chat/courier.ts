import type { Context } from "./context.js";
import { Refusal } from "./door.js";
import type { Line } from "./line.js";
import { Pace, type Bell } from "./pace.js";
import type { Parcel } from "./outbox.js";
import type { Accepted } from "./wire.js";

export type Command =
  | { readonly do: "send" | "older" | "wake" }
  | { readonly do: "typing"; readonly draft: string }
  | { readonly do: "read"; readonly seq: number }
  | { readonly do: "close"; readonly conversation: number }
  | { readonly do: "rate"; readonly conversation: number; readonly operator: number; readonly scale: number; readonly score: number };

const TRIES = 4;
const NOTICE = 6000;

/** Carries the visitor's words and wishes to the server: messages one by one in the order written, until each is settled. */
export class Courier {
  private readonly pace = new Pace();
  private busy = false;
  private read = 0;

  constructor(
    private readonly context: Context,
    private readonly line: Line,
    private readonly bell: Bell,
    private readonly over: AbortSignal,
  ) {}

  carry(command: Command): void {
    void this.errand(command).catch((error: unknown) => {
      const notice = error instanceof Refusal ? error.code : String(error);
      this.context.publish({ set: { notice: `${command.do} ${notice}` } });
      setTimeout(() => this.context.publish({ set: { notice: null } }), NOTICE);
    });
  }

  async send(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    try {
      for (;;) {
        const token = this.context.model.facts.token;
        const parcel = this.next();
        if (!parcel || !token || this.over.aborted) return;
        await this.hand(parcel, token);
      }
    } finally {
      this.busy = false;
    }
  }

  private next(): Parcel | undefined {
    const { model, outbox } = this.context;
    const parcels = outbox.list();
    for (const parcel of parcels) if (model.has(parcel.clientId)) outbox.remove(parcel.clientId);
    return parcels.find((parcel) => !parcel.failed && !model.has(parcel.clientId));
  }

  private async hand(parcel: Parcel, token: string): Promise<void> {
    const { config, door } = this.context;
    try {
      const { clientId, text } = parcel;
      this.settle(parcel, await door.message(token, { clientId, text, department: config.department }));
      this.pace.reset();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      await this.undelivered(parcel, token, error);
    }
  }

  private settle({ clientId, text }: Parcel, { seq, conversation, at }: Accepted): void {
    const { model, outbox } = this.context;
    outbox.remove(clientId);
    const entry = { seq, conversation, at, clientId, text, kind: "message.posted", author: { kind: "visitor" } } as const;
    this.context.publish({ set: { waiting: null }, entries: model.message(seq) ? [] : [entry] });
  }

  private async undelivered(parcel: Parcel, token: string, { status, code, passing, after }: Refusal): Promise<void> {
    const { model, outbox } = this.context;
    if (!passing) {
      outbox.put({ ...parcel, failed: code });
      this.context.publish({ set: { waiting: null } });
      return;
    }
    if (status === 401 && model.facts.token === token) this.line.renew();
    this.context.publish({ set: { waiting: parcel.clientId } });
    await this.pace.wait(this.bell, this.over, after);
  }

  private async errand(command: Command): Promise<void> {
    const { door, model } = this.context;
    const { facts } = model;
    if (command.do === "wake") this.bell.wake();
    else if (command.do === "send") await this.send();
    else if (!facts.token) return;
    else if (command.do === "older") await this.older(facts.token);
    else if (command.do === "typing") await door.tell("typing", facts.token, { draft: command.draft }).catch(() => undefined);
    else if (command.do === "read") await this.mark(command.seq);
    else if (command.do === "close") await this.insist((token) => door.tell("close", token, { conversation: command.conversation }));
    else {
      const { do: _, ...rating } = command;
      await this.insist((token) => door.tell("rating", token, rating));
    }
  }

  private async mark(seq: number): Promise<void> {
    if (seq <= this.read) return;
    this.read = seq;
    await this.insist((token) => this.context.door.tell("read", token, { seq })).catch(() => undefined);
  }

  private async older(token: string): Promise<void> {
    const { door, model } = this.context;
    const first = model.entries[0];
    if (!first || !model.facts.hasMore) return;
    const page = await door.timeline(token, first.seq);
    this.context.publish({ set: { hasMore: page.hasMore && page.events.length > 0 }, entries: page.events });
  }

  /** Small wishes are tried a few times; each is safe to repeat. */
  private async insist(call: (token: string) => Promise<void>): Promise<void> {
    const pace = new Pace();
    for (let attempt = 1; ; attempt++) {
      const token = this.context.model.facts.token!;
      try {
        return await call(token);
      } catch (error) {
        if (!(error instanceof Refusal) || !error.passing || attempt === TRIES || this.over.aborted) throw error;
        if (error.status === 401 && this.context.model.facts.token === token) this.line.renew();
        await pace.wait(this.bell, this.over, error.after);
      }
    }
  }
}
