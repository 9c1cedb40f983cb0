import type { ConfigKey } from "../../config/keys.ts";

/** An environment variable. The option goes before it, it goes before the setting. */
export type Variable = {
  readonly name: string;
  readonly meaning: string;
  readonly option?: string;
  readonly setting?: ConfigKey;
  /** What counts without it, where that is not nothing. */
  readonly fallback?: string;
};
