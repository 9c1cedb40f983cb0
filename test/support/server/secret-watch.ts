import { expect } from "bun:test";
import type { Replied } from "./api.ts";

/** Members in which clients send what nobody else may read, and in which they get it. */
const SECRETS = ["password", "current_password", "new_password", "invite", "user_code"];
const TOKENS = ["access_token", "refresh_token", "token", "device_code"];
const GRANT = ["access_token", "refresh_token"];

/** Where secrets belong: the members of replies in which a client gets its own. */
const PLACES: Readonly<Record<string, readonly string[]>> = {
  "POST /api/auth/register": GRANT,
  "POST /api/auth/login": GRANT,
  "POST /api/auth/refresh": GRANT,
  "POST /api/auth/device/token": GRANT,
  "POST /api/auth/tokens": ["token"],
  "POST /api/auth/device": ["device_code", "user_code", "verification_uri_complete"],
  "GET /api/auth/device": ["user_code"],
  "POST /api/web/register": ["access_token"],
  "POST /api/web/login": ["access_token"],
  "POST /api/web/refresh": ["access_token"],
  "POST /api/web/code": ["access_token"],
};

/** In which the page gets its refresh token, and no script of it. */
const COOKIE = "set-cookie";
const PAGE = "POST /api/web/";

/** Shorter ones are found in other words too. */
const SHORTEST = 8;
/** What is stored of passwords and tokens. */
const STORED = /argon2|[0-9a-f]{64}/i;

export type SecretWatch = {
  /** Notes a secret that went in. */
  readonly note: (secret: string) => void;
  /** Fails the test where a reply, or what was logged since, has a secret that was ever seen, but where it belongs. */
  readonly look: (route: string, sent: unknown, reply: Replied) => void;
};

/** Watches where passwords and tokens go. `logs` are the lines of logs, to which others add. */
export function createSecretWatch(logs: readonly (readonly object[])[]): SecretWatch {
  const secrets = new Set<string>();
  let read = logs.map(() => 0);
  const note = (secret: string) => {
    if (secret.length < SHORTEST) return;
    secrets.add(secret);
    // All of ours begin alike, and who knows the end of one knows enough.
    if (secret.split(".").length === 3) secrets.add(secret.slice(secret.lastIndexOf(".") + 1));
  };
  const noteMembers = (value: unknown) => {
    for (const [name, member] of entriesOf(value)) {
      if ([...SECRETS, ...TOKENS].includes(name) && typeof member === "string") note(member);
    }
  };
  return {
    note,
    look: (route, sent, { headers, body }) => {
      noteMembers(sent);
      noteMembers(body);
      note(/=([^;]*)/.exec(headers.get(COOKIE) ?? "")?.[1] ?? "");
      const own = PLACES[route] ?? [];
      const rest = entriesOf(body).filter(([name]) => !own.includes(name));
      const said = JSON.stringify([rest, Array.isArray(body) ? body : [], headersOf(route, headers)]);
      const logged = JSON.stringify(logs.map((lines, at) => lines.slice(read[at])));
      read = logs.map(({ length }) => length);
      for (const text of [said, logged]) {
        expect(text).not.toMatch(STORED);
        expect([...secrets].filter((secret) => text.includes(secret))).toEqual([]);
      }
    },
  };
}

function headersOf(route: string, headers: Headers): [string, string][] {
  return [...headers].filter(([name]) => name !== COOKIE || !route.startsWith(PAGE));
}

function entriesOf(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}
