import type { Door } from "./door.js";
import type { Config } from "./host.js";
import type { Model, Patch } from "./model.js";
import type { Outbox } from "./outbox.js";
import type { Store } from "./store.js";

/** What the leader's parts share. */
export interface Context {
  readonly config: Config;
  readonly door: Door;
  readonly model: Model;
  readonly outbox: Outbox;
  readonly store: Store;
  /** The anonymous visitor's store, when this visitor is a signed-in customer. */
  readonly anonymous: Store | null;
  /** The customer's identity token, fetched anew; null for an anonymous visitor. */
  identity(): Promise<string | null>;
  /** Changes the model here and in the other tabs. */
  publish(patch: Patch): unknown;
}
