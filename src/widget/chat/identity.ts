import { Refusal } from "./door.js";
import type { IdentitySource } from "./host.js";

/** `{identity: "…"}` from the company's own site; 204, 401, 403 and 404 mean that nobody is signed in. */
export function siteIdentity(url: string | undefined): IdentitySource | undefined {
  if (!url) return undefined;
  return async () => {
    const response = await fetch(url, { credentials: "same-origin", cache: "no-store" });
    if ([204, 401, 403, 404].includes(response.status)) return null;
    if (!response.ok) throw new Error(String(response.status));
    return ((await response.json()) as { identity?: string | null }).identity ?? null;
  };
}

/** The identity token now; null: nobody is signed in. Throws a passing refusal when the company's site does not answer. */
export async function fetchIdentity(source: IdentitySource | undefined): Promise<string | null> {
  try {
    return (typeof source === "function" ? await source() : source) || null;
  } catch {
    throw new Refusal(0, "identity-unreachable");
  }
}

/** Whose token it is, for keeping visitors apart in this browser. The server alone judges whether it is genuine. */
export function subjectOf(token: string | null): string {
  if (token === null) return "";
  try {
    const body = token.split(".")[1]!.replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
    return String((JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown }).sub ?? "?");
  } catch {
    return "?";
  }
}
