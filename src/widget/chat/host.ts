// What the loader and the chat know of each other. The loader may be older than the chat (caches): add, never change.

/** Where the customer's identity token comes from: a token, or a function that fetches one; null means signed out. */
export type IdentitySource = string | null | (() => Promise<string | null> | string | null);

export interface Config {
  readonly account: string;
  /** The Beseda server, without a trailing slash: where the script came from. */
  readonly base: string;
  readonly locale: "ru" | "en";
  readonly location?: string | undefined;
  readonly department?: number | undefined;
  readonly color?: string | undefined;
  /** Where on the company's own site the identity token of the signed-in customer is fetched. */
  readonly identityUrl?: string | undefined;
}

export interface Host {
  readonly config: Config;
  readonly element: HTMLElement;
  readonly root: ShadowRoot;
  readonly launcher: HTMLButtonElement;
  /** The page's word on who is signed in; undefined: it never said. */
  readonly identity: IdentitySource | undefined;
  dress(css: string): void;
  opened(open: boolean): void;
  unread(count: number): void;
}

export interface Chat {
  /**
   * @param draft put into an empty composer.
   * @param focus whether the composer takes the keyboard: not when a page merely remembers that it was open.
   */
  open(draft?: string, focus?: boolean): void;
  close(): void;
  identify(source: IdentitySource): void;
}
