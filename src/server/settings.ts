import { TodoError } from "../domain/errors.ts";
import { isLoopback } from "../domain/loopback.ts";

const LOCAL_FRONT_END = "http://localhost:3000";
const REQUESTS_A_MINUTE = { user: 1200, address: 6000 };

export type ServerSettings = {
  readonly origins: readonly string[];
  readonly proxies: number;
  /** Requests a minute, 0 for no limit. */
  readonly userLimit: number;
  readonly addressLimit: number;
};

/** Reads how the server is to behave. Throws `usage` for what it doesn't understand. */
export function readServerSettings(env: Readonly<Record<string, string | undefined>>, host: string): ServerSettings {
  return {
    origins: readOrigins(env["TODO_CORS_ORIGINS"] ?? (isLoopback(host) ? LOCAL_FRONT_END : "")),
    proxies: readCount("TODO_PROXIES", env["TODO_PROXIES"], 0),
    userLimit: readCount("TODO_USER_LIMIT", env["TODO_USER_LIMIT"], REQUESTS_A_MINUTE.user),
    addressLimit: readCount("TODO_ADDRESS_LIMIT", env["TODO_ADDRESS_LIMIT"], REQUESTS_A_MINUTE.address),
  };
}

/** Origins as browsers send them: scheme, host, and port where it is not the scheme's own. */
function readOrigins(text: string): string[] {
  const origins = text
    .split(",")
    .map((origin) => origin.trim())
    .filter((origin) => origin !== "");
  const wrong = origins.find((origin) => !/^https?:[^*]+$/.test(origin) || URL.parse(origin)?.origin !== origin);
  if (wrong === undefined) return origins;
  throw new TodoError("usage", `TODO_CORS_ORIGINS: ${JSON.stringify(wrong)} is not an origin`, {
    hints: ["Write origins as browsers send them, with commas between: https://app.example.com,http://localhost:3000"],
  });
}

function readCount(name: string, text: string | undefined, standard: number): number {
  if (text === undefined || text === "") return standard;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new TodoError("usage", `${name} is not a whole number`, { hints: [`Leave it out for ${standard}.`] });
}
