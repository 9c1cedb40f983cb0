import { readSafeUrl } from "../services/safe-url.ts";

/** What the page is told about another issuer, whose tokens this server takes. */
export type WebSettings = {
  /** Where it gets a token, or null without such an issuer. */
  readonly tokenUrl: string | null;
  /** Where people sign in there. */
  readonly signInUrl: string | null;
};

type Env = Readonly<Record<string, string | undefined>>;

/** Reads TODO_WEB_TOKEN_URL and TODO_WEB_SIGNIN_URL. Throws `usage`. */
export function readWebSettings(env: Env): WebSettings {
  return {
    tokenUrl: readUrl(env, "TODO_WEB_TOKEN_URL", "https://app.example.com/api/auth/token"),
    signInUrl: readUrl(env, "TODO_WEB_SIGNIN_URL", "https://app.example.com/login"),
  };
}

function readUrl(env: Env, name: string, example: string): string | null {
  const text = env[name] ?? "";
  if (text === "") return null;
  return readSafeUrl(text, { name, example, risk: "others could read the tokens on their way" }).href;
}
