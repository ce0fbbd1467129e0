import type { Chat, Config, Host, IdentitySource } from "../chat/host.js";
import styles from "./loader.css";

/** The page's way to the widget. */
interface Api {
  open(draft?: string): void;
  close(): void;
  /** Vouches for the signed-in customer: an identity token or a function that fetches one. */
  identify(source: IdentitySource): void;
  signOut(): void;
}

const script = (document.currentScript ?? document.querySelector("script[data-account]")) as HTMLScriptElement;
const data = script.dataset;
const russian = /^ru\b/i.test(data["locale"] || document.documentElement.lang || navigator.language);
const config: Config = {
  account: data["account"] ?? "",
  base: new URL(".", script.src).href.replace(/\/$/, ""),
  locale: russian ? "ru" : "en",
  location: data["location"],
  department: Number(data["department"]) || undefined,
  color: data["color"],
  identityUrl: data["identityUrl"],
};
const label = russian ? ["Открыть чат", "Свернуть чат", "Чат не загрузился. Нажмите ещё раз", "Новых сообщений"] : ["Open chat", "Minimise chat", "The chat did not load. Press again", "New messages"];

const element = document.createElement("beseda-chat");
const root = element.attachShadow({ mode: "open" });
const launcher = document.createElement("button");
const badge = document.createElement("span");
let identity: IdentitySource | undefined;
let fetching: ReturnType<typeof fetchChat> | undefined;
let loading: Promise<Chat> | undefined;
let tries = 0;
let isOpen = false;

/** Constructed sheets pass any content security policy; browsers without them need 'unsafe-inline' styles. */
function dress(css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets.push(sheet);
  } catch {
    root.appendChild(document.createElement("style")).textContent = css;
  }
}

/** Only for this tab, and only while it lives: an open chat is open again on the site's next page. */
function remembered(open?: boolean): boolean {
  try {
    const key = `beseda:${config.account}:open`;
    if (open !== undefined) sessionStorage.setItem(key, open ? "1" : "");
    return sessionStorage.getItem(key) === "1" && matchMedia("(min-width: 481px)").matches;
  } catch {
    return false;
  }
}

/** Somebody in this browser has a conversation running: its unread messages are worth loading the chat for. */
function running(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(`beseda:${config.account}:`) && key.endsWith(":running"));
  } catch {
    return false;
  }
}

const host: Host = {
  config,
  element,
  root,
  launcher,
  get identity() {
    return identity;
  },
  dress,
  opened(open) {
    isOpen = open;
    remembered(open);
    element.toggleAttribute("open", open);
    launcher.setAttribute("aria-expanded", String(open));
    name(label[open ? 1 : 0]!);
  },
  unread(count) {
    badge.textContent = count > 99 ? "99+" : String(count || "");
    badge.hidden = !count;
    if (!isOpen) name(count ? `${label[0]}. ${label[3]}: ${count}` : label[0]!);
  },
};

function name(words: string): void {
  launcher.setAttribute("aria-label", words);
  launcher.title = words;
}

function fetchChat(): Promise<{ mount(host: Host): Chat }> {
  // A failed import is remembered under its address: another try needs another address.
  const address = `${config.base}/widget/chat.js${tries ? `?${tries}` : ""}`;
  return (fetching ??= import(address).catch((error: unknown) => {
    tries++;
    fetching = loading = undefined;
    throw error;
  }));
}

function load(): Promise<Chat> {
  return (loading ??= fetchChat().then((module) => module.mount(host)));
}

function open(draft?: string, focus = true): void {
  element.setAttribute("busy", "");
  load()
    .then((chat) => chat.open(draft, focus))
    .catch(() => name(label[2]!))
    .finally(() => element.removeAttribute("busy"));
}

function close(): void {
  void loading?.then((chat) => chat.close());
}

function identify(source: IdentitySource): void {
  identity = source;
  void loading?.then((chat) => chat.identify(source));
}

function drawing(): SVGElement {
  const shape = (name: string): SVGElement => document.createElementNS("http://www.w3.org/2000/svg", name);
  const svg = shape("svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  const lines = { talk: "M12 3.5c5 0 9 3.3 9 7.5s-4 7.5-9 7.5c-.9 0-1.8-.1-2.6-.3L5 20.5l.6-3.6C4 15.5 3 13.4 3 11c0-4.2 4-7.5 9-7.5z", down: "M6 9l6 6 6-6" };
  for (const [name, line] of Object.entries(lines)) {
    const path = svg.appendChild(shape("path"));
    path.setAttribute("class", name);
    path.setAttribute("d", line);
  }
  return svg;
}

function start(): void {
  dress(styles);
  launcher.append(drawing());
  launcher.className = "launcher";
  launcher.type = "button";
  badge.className = "badge";
  launcher.append(badge);
  root.append(launcher);
  host.unread(0);
  host.opened(remembered());
  launcher.onclick = () => (isOpen ? close() : open());
  // The finger or the pointer is on its way: fetch while it travels.
  launcher.onpointerenter = () => void fetchChat().catch(() => undefined);
  document.body.append(element);
  document.addEventListener("click", (event) => {
    const wish = event.target instanceof Element && event.target.closest<HTMLElement>("[data-beseda-open]");
    if (wish) open(wish.dataset["besedaOpen"]);
  });
  if (isOpen) open(undefined, false);
  else if (running()) void load().catch(() => undefined);
}

// A tag manager may have put the script in twice.
if (!("Beseda" in window)) {
  const api: Api = { open: (draft) => open(draft), close, identify, signOut: () => identify(null) };
  Object.assign(window, { Beseda: api });
  if (config.color && CSS.supports("color", config.color)) element.style.setProperty("--accent", config.color);
  if (document.body) start();
  else document.addEventListener("DOMContentLoaded", start);
  document.dispatchEvent(new Event("beseda-ready"));
}
