import { bubble, type Shown } from "./bubble.js";
import { el } from "./dom.js";
import type { Model } from "./model.js";
import type { Outbox, Parcel } from "./outbox.js";
import { question, ratingCard, type Question, type RatingActs } from "./rating.js";
import type { Entry, Message } from "./wire.js";
import type { Words } from "./words.js";

/** One line of the log. Its nodes are built anew only when the signature changes. */
export interface Row {
  readonly key: string;
  readonly look: string;
  readonly signature: string;
  build(): Node[];
}

export interface View extends RatingActs {
  readonly words: Words;
  readonly locale: string;
  readonly base: string;
  readonly model: Model;
  readonly outbox: Outbox;
  skipped(question: Question): boolean;
  sent(question: Question): number | null;
  retry(parcel: Parcel): void;
  edit(parcel: Parcel): void;
  drop(parcel: Parcel): void;
}

type Item = { readonly at: number } & (
  | { readonly shown: Shown; readonly seq: number; readonly parcel?: Parcel }
  | { readonly row: Row }
);

const TOGETHER = 5 * 60_000;

export function rowsOf(view: View): Row[] {
  const items = [...view.model.entries.flatMap((entry) => itemsOf(entry, view)), ...parcels(view)];
  const lastMine = items.findLastIndex((item) => "shown" in item && item.shown.mine);
  const rows: Row[] = [];
  let day = "";
  items.forEach((item, i) => {
    const date = new Date(item.at).toDateString();
    if (date !== day) rows.push(dayRow((day = date), item.at, view));
    if ("row" in item) return void rows.push(item.row);
    const first = !together(items[i - 1], item);
    rows.push(bubbleRow(item.shown, first, view));
    if (item.parcel?.failed || i === lastMine || !together(item, items[i + 1])) rows.push(footRow(item, i === lastMine, view));
  });
  return rows;
}

function together(one: Item | undefined, two: Item | undefined): boolean {
  if (!one || !two || !("shown" in one) || !("shown" in two)) return false;
  const same = one.shown.mine === two.shown.mine && one.shown.author.id === two.shown.author.id && one.shown.author.name === two.shown.author.name;
  return same && two.at - one.at < TOGETHER && new Date(one.at).toDateString() === new Date(two.at).toDateString();
}

function itemsOf(entry: Entry, view: View): Item[] {
  const { words } = view;
  const at = Date.parse(entry.at);
  const line = (text: string): Item[] => [{ at, row: lineRow(`e${entry.seq}`, text) }];
  switch (entry.kind) {
    case "message.posted":
      return [{ at, seq: entry.seq, shown: shownOf(entry, view) }];
    case "conversation.accepted":
      return line(words.joined(entry.operator.name));
    case "conversation.transferred":
      return line(words.moved);
    case "conversation.closed":
      return line(words.closed[entry.by] ?? words.closed["system"]!);
    case "rating.asked":
      return ratingItems(entry, view, at);
    default:
      return [];
  }
}

function shownOf(entry: Message, { model }: View): Shown {
  const mine = entry.author.kind === "visitor";
  const quoted = entry.replyTo === undefined ? undefined : model.message(entry.replyTo);
  const { author, text, files = [] } = entry;
  const key = mine ? `m${entry.clientId}` : `m${entry.seq}`;
  return { key, mine, author, at: Date.parse(entry.at), text, files, edited: !!entry.editedAt, quoted };
}

function parcels({ model, outbox }: View): Item[] {
  return outbox.list().filter((parcel) => !model.has(parcel.clientId)).map((parcel) => ({
    at: parcel.at,
    seq: Infinity,
    parcel,
    shown: { key: `m${parcel.clientId}`, mine: true, author: { kind: "visitor" }, at: parcel.at, text: parcel.text, files: [], edited: false },
  }));
}

function ratingItems(asked: Extract<Entry, { kind: "rating.asked" }>, view: View, at: number): Item[] {
  const { words, model } = view;
  const about = question(asked, model.entries, words);
  const overtaken = model.entries.some((entry) => entry.kind === "conversation.started" && entry.seq > asked.seq);
  const key = `r${asked.seq}`;
  if (about.open && !(about.score === null && (overtaken || view.skipped(about)))) {
    const sent = view.sent(about);
    const signature = JSON.stringify([about, sent]);
    return [{ at, row: { key, look: "card", signature, build: () => ratingCard(about, sent, words, view) } }];
  }
  return about.score === null ? [] : [{ at, row: lineRow(key, words.rated(about.score, about.scale)) }];
}

function lineRow(key: string, text: string): Row {
  return { key, look: "line", signature: text, build: () => [el("span", { dir: "auto" }, text)] };
}

function dayRow(day: string, at: number, { words, locale }: View): Row {
  const days = Math.round((new Date(new Date().toDateString()).getTime() - new Date(day).getTime()) / 86_400_000);
  const far = days > 300 || days < 0 ? { year: "numeric" as const } : {};
  const text = days === 0 ? words.today : days === 1 ? words.yesterday
    : new Date(at).toLocaleDateString(locale, { day: "numeric", month: "long", ...far });
  return { key: `d${day}`, look: "day", signature: text, build: () => [el("span", {}, text)] };
}

function bubbleRow(shown: Shown, first: boolean, { words, base }: View): Row {
  const side = shown.mine ? "mine" : shown.author.kind === "operator" ? "theirs" : "theirs machine";
  return {
    key: shown.key,
    look: `message ${side}${first ? " first" : ""}`,
    signature: JSON.stringify([shown.text, shown.files.length, shown.edited, shown.quoted?.text, shown.author.name, first]),
    build: () => bubble(shown, first, words, base),
  };
}

/** Under a group: when, and for the visitor's own words how far they got. */
function footRow(item: Extract<Item, { shown: Shown }>, newestMine: boolean, view: View): Row {
  const { words, model } = view;
  const { shown, parcel, seq } = item;
  const time = new Date(shown.at).toLocaleTimeString(view.locale, { hour: "2-digit", minute: "2-digit" });
  // An answer says "read" as well as a read mark does.
  const read = model.entries.some((entry) => (entry.kind === "message.read" ? entry.by !== "visitor" && entry.message >= seq
    : entry.seq > seq && entry.kind === "message.posted" && entry.author.kind === "operator"));
  const state = parcel?.failed ? `${words.failed} ${words.reasons[parcel.failed] ?? ""}`.trim()
    : parcel ? (model.facts.waiting ? words.waiting : words.sending)
    : newestMine ? (read ? words.read : words.sent) : "";
  const acts: [string, () => void][] = !parcel ? []
    : parcel.failed ? [[words.retry, () => view.retry(parcel)], [words.edit, () => view.edit(parcel)], [words.drop, () => view.drop(parcel)]]
    : model.facts.waiting === parcel.clientId ? [[words.retry, () => view.retry(parcel)]] : [];
  const text = parcel ? state : state ? `${time} · ${state}` : time;
  return {
    key: `t${shown.key}`,
    look: `foot ${shown.mine ? "mine" : "theirs"}${parcel?.failed ? " failed" : ""}`,
    signature: text + acts.length,
    build: () => [el("span", {}, text), ...acts.map(([label, act]) => el("button", { type: "button", class: "plain", onclick: act }, label))],
  };
}
