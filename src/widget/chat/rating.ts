import { el, icon, icons } from "./dom.js";
import type { Entry } from "./wire.js";
import type { Words } from "./words.js";

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

/** A question about one operator's work in one conversation, and its answer. */
export interface Question {
  readonly conversation: number;
  readonly operator: number;
  readonly name: string;
  readonly scale: number;
  readonly score: number | null;
  /** May (still) be answered or changed. */
  readonly open: boolean;
}

export function question(asked: Extract<Entry, { kind: "rating.asked" }>, entries: readonly Entry[], words: Words): Question {
  const conversation = asked.conversation ?? 0;
  const about = (entry: Entry): boolean => entry.conversation === conversation;
  const answers = entries.filter((entry) => entry.kind === "conversation.rated" && about(entry) && entry.operator === asked.operator);
  const accepted = entries.findLast((entry) => entry.kind === "conversation.accepted" && about(entry) && entry.operator.id === asked.operator);
  const first = answers[0];
  const answer = answers.at(-1);
  return {
    conversation,
    operator: asked.operator,
    name: accepted?.kind === "conversation.accepted" ? accepted.operator.name : words.someone,
    scale: asked.scale,
    score: answer?.kind === "conversation.rated" ? answer.score : null,
    open: Date.now() < (first ? Date.parse(first.at) + HOUR : Date.parse(asked.at) + WEEK),
  };
}

export interface RatingActs {
  rate(question: Question, score: number): void;
  skip(question: Question): void;
}

/** @param sent the score on its way to the server. */
export function ratingCard(asked: Question, sent: number | null, words: Words, acts: RatingActs): Node[] {
  const top = asked.scale;
  const chosen = sent ?? asked.score;
  const scores = top === 10 ? Array.from({ length: 11 }, (_, i) => i) : Array.from({ length: top }, (_, i) => i + 1);
  const title = asked.score === null ? words.rate(asked.name) : words.thanks;
  return [
    el("b", { class: "title" }, title),
    asked.score === null && el("span", { class: "hint" }, words.rateHint),
    el("div", { class: top === 10 ? "numbers" : "stars", role: "group", "aria-label": words.rate(asked.name) },
      ...scores.map((score) => el("button", {
        type: "button",
        class: chosen !== null && (top === 10 ? score === chosen : score <= chosen) ? "on" : undefined,
        "aria-pressed": String(score === chosen),
        "aria-label": words.score(score, top),
        onclick: () => acts.rate(asked, score),
      }, top === 10 ? String(score) : icon(icons.star, true)))),
    asked.score === null && el("div", { class: "ends", "aria-hidden": "true" }, el("span", {}, words.worst), el("span", {}, words.best)),
    asked.score === null && el("button", { type: "button", class: "plain", onclick: () => acts.skip(asked) }, words.skip),
  ].filter((node): node is HTMLElement => node !== false);
}
