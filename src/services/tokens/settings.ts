import { TodoError } from "../../domain/errors.ts";
import { readSafeUrl } from "../safe-url.ts";
import { type ReadFile, readSecrets } from "./read-secrets.ts";

export type TokenSettings = {
  /** Those shared with another issuer for HS256, the newest first: it signs, all verify. */
  readonly secrets: readonly string[];
  /** The required `iss`, or null for any. */
  readonly issuer: string | null;
  /** The required `aud`, or null for any. */
  readonly audience: string | null;
  /** The URL of the keys of foreign tokens, or null for none. */
  readonly keySetUrl: string | null;
  /** The allowed `azp` of foreign tokens, or null for any. */
  readonly parties: readonly string[] | null;
  /** The longest time in seconds that a token may be good for in all, or null if it is not set. */
  readonly maxLifetimeS: number | null;
  /** By which the clock of who makes foreign tokens may differ. */
  readonly leewayS: number;
};

type Env = Readonly<Record<string, string | undefined>>;

const MAX_LEEWAY_S = 60;
const MIN_LIFETIME_S = 60;
const MAX_LIFETIME_S = 365 * 24 * 60 * 60;

/** Reads the settings that tokens are checked with. Throws `usage` for unsafe values; no message repeats a value. */
export function readTokenSettings(env: Env, readFile: ReadFile): TokenSettings {
  const [issuer, audience] = [env.TODO_JWT_ISSUER || null, env.TODO_JWT_AUDIENCE || null];
  const parties = env.TODO_JWT_PARTIES ? readParties(env.TODO_JWT_PARTIES) : null;
  const keySetUrl = env.TODO_JWKS_URL
    ? checkKeySetUrl(env.TODO_JWKS_URL, "TODO_JWKS_URL", readSwitch(env, "TODO_JWKS_INSECURE"))
    : null;
  // Clerk's tokens have no `aud`. Their `azp`, the party that asked for them, says whose they are.
  const isMeantHere = issuer !== null && (audience !== null || parties !== null);
  if (keySetUrl !== null && !isMeantHere) {
    throw usage(
      "TODO_JWKS_URL needs TODO_JWT_ISSUER and TODO_JWT_AUDIENCE: its keys may sign tokens for other services too",
      "Set them to the `iss` and `aud` of the tokens that are for this server.",
    );
  }
  return {
    secrets: readSecrets(env, "BETTER_AUTH_SECRET", readFile),
    issuer,
    audience,
    keySetUrl,
    parties,
    maxLifetimeS: env.TODO_JWT_MAX_LIFETIME ? readMaxLifetime(env.TODO_JWT_MAX_LIFETIME) : null,
    leewayS: readLeeway(env.TODO_JWT_LEEWAY),
  };
}

/**
 * The URL of a key set. Messages call it `name`. `mayBeHttp` says that it is in a network that its owner vouches for,
 * such as one of containers. Throws `usage`; no message repeats the text.
 */
export function checkKeySetUrl(text: string, name = "TODO_JWKS_URL", mayBeHttp = false): string {
  const example = "https://auth.example.com/api/auth/jwks";
  return readSafeUrl(text, { name, example, risk: "others could change the keys on their way", mayBeHttp }).href;
}

function readSwitch(env: Env, name: string): boolean {
  const text = env[name] ?? "";
  if (["", "0", "1"].includes(text)) return text === "1";
  throw usage(`${name} is neither 1 nor 0`, "Leave it out for 0.");
}

function readMaxLifetime(text: string): number {
  const seconds = /^\d{1,8}$/.test(text) ? Number(text) : Infinity;
  if (seconds >= MIN_LIFETIME_S && seconds <= MAX_LIFETIME_S) return seconds;
  throw usage(
    `TODO_JWT_MAX_LIFETIME is not a whole number of seconds from ${MIN_LIFETIME_S} to ${MAX_LIFETIME_S}`,
    "Leave it out for a day for tokens of the key set, and no limit for those of the secret.",
  );
}

/** The names between commas. */
function readParties(text: string): string[] {
  const parties = text
    .split(",")
    .map((party) => party.trim())
    .filter((party) => party !== "");
  if (parties.length > 0) return parties;
  throw usage(
    "TODO_JWT_PARTIES names nobody",
    "Write the `azp`s of the tokens that are let in, with commas between: https://app.example.com",
  );
}

/** Seconds, 0 for an empty text. Messages call it `name`. Throws `usage`. */
export function readLeeway(text = "", name = "TODO_JWT_LEEWAY"): number {
  if (text === "") return 0;
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : Infinity;
  if (seconds > MAX_LEEWAY_S) {
    throw usage(`${name} is not a whole number of seconds from 0 to ${MAX_LEEWAY_S}`, "Leave it out for 0.");
  }
  return seconds;
}

function usage(message: string, hint: string): TodoError {
  return new TodoError("usage", message, { hints: [hint] });
}
