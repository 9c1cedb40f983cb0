/** What the walk needs of a browser, whichever drives it. Elements are found by selectors of CSS. */
export type Browser = {
  readonly open: (url: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly back: () => Promise<void>;
  readonly forward: () => Promise<void>;
  readonly click: (selector: string) => Promise<void>;
  /** Types into a field as a person does, in the place of what is there. */
  readonly type: (selector: string, text: string) => Promise<void>;
  /** The same, and then Enter. */
  readonly enter: (selector: string, text: string) => Promise<void>;
  /** What the page shows as text. */
  readonly text: () => Promise<string>;
  /** Ends the browser and starts it again. null where nothing outlives it. */
  readonly restart: (() => Promise<void>) | null;
  readonly close: () => Promise<void>;
};
