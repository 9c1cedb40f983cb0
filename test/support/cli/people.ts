import { readFileSync, writeFileSync } from "node:fs";
import type { Ended, Home } from "./home.ts";
import { type Server, startServer, type Start } from "../server/server.ts";

export const EMAIL = "ada@example.com";
export const PASSWORD = "seven tall green lamps";

/** As many attempts to sign in and up as a test likes. */
const PATIENT = { TODO_SIGNIN_LIMIT: "0", TODO_SIGNUP_LIMIT: "0" };

/** An entry of the file with tokens. */
export type Entry = {
  readonly token: string;
  readonly refresh_token: string;
  readonly expires_at: string;
  readonly user: string;
  readonly email: string;
};

/** Starts a server at which people can have accounts. */
export function startAccountServer(home: Home, { env, ...start }: Start = {}): Promise<Server> {
  return startServer(home, { ...start, env: { ...PATIENT, ...env } });
}

/** Makes an account in somebody's home. */
export function signUp(home: Home, url: string, email = EMAIL, invite = ""): Promise<Ended> {
  return home.run({ args: ["signup", url], input: `${email}\n${PASSWORD}\n${invite}\n` });
}

/** Logs somebody in. Throws where that fails. */
export async function logIn(home: Home, url: string, email = EMAIL): Promise<void> {
  const args = ["login", url, "--password"];
  const { exitCode, err } = await home.run({ args, input: `${email}\n${PASSWORD}\n` });
  if (exitCode !== 0) throw new Error(err);
}

/** Where tokens are in a home. */
export function credentialsOf(home: Home): string {
  return home.path("home", ".config", "todo", "credentials.json");
}

/** The only entry of the file with tokens. */
export function entryOf(home: Home): Entry {
  const entries: Record<string, Entry> = JSON.parse(readFileSync(credentialsOf(home), "utf8"));
  const [entry, ...others] = Object.values(entries);
  if (!entry || others.length > 0) throw new Error("one login was expected");
  return entry;
}

/** Changes the only entry, here for a server that is reached at another address too. */
export function changeEntry(home: Home, more: Partial<Entry>, origin?: string): void {
  const entries: Record<string, Entry> = JSON.parse(readFileSync(credentialsOf(home), "utf8"));
  const [before = ""] = Object.keys(entries);
  const changed = { [origin ?? before]: { ...entryOf(home), ...more } };
  writeFileSync(credentialsOf(home), JSON.stringify(changed), { mode: 0o600 });
}

/** Makes the access token one that must be renewed before it is used. */
export function expire(home: Home, origin?: string): void {
  changeEntry(home, { token: "eyJ.garbage.x", expires_at: new Date(Date.now() - 1000).toISOString() }, origin);
}

/** How often a server was asked to renew a session, and what it answered, by its log. */
export function renewalsIn(log: ReturnType<Server["log"]>): number[] {
  return log.filter(({ route }) => route === "POST /api/auth/refresh").map(({ status }) => status);
}
