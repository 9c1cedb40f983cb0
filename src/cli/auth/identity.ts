import { isUnauthorized, TodoError } from "../../domain/errors.ts";
import { createAuthenticator } from "../../services/tokens/authenticate.ts";
import type { IssuedIdentity } from "../../services/tokens/identity.ts";
import { findCredential } from "./credentials.ts";
import { readPlace } from "../../domain/database-url.ts";
import type { Io } from "../platform/io.ts";
import { nobodyToTrust, readTrust } from "./tokens.ts";

/** The user of a token. Throws `unauthorized`, or `unavailable` if the keys can't be fetched. */
export type Verify = (token: string) => Promise<IssuedIdentity>;

/** A token's user, and its source: TODO_TOKEN or the path of a file. */
export type Known = { readonly identity: IssuedIdentity; readonly source: string };

const LOG_IN = "Log in with a new one: todo login --token -";

/** Checks tokens as the server would. Throws `usage` if no secret or key set is configured. */
export function createVerify(io: Io): Verify {
  const { tokens, isBare } = readTrust(io);
  if (isBare) throw nobodyToTrust(io);
  const authenticate = createAuthenticator(tokens, { now: io.system.now, fetch });
  return async (token) => authenticate(`Bearer ${token}`);
}

/** The user in the database at a URL. Throws `unauthorized`, `usage` or `unavailable`. */
export async function identify(io: Io, url: string): Promise<Known> {
  const { token, source } = await findToken(io, url);
  const verify = createVerify(io);
  try {
    return { identity: await verify(token), source };
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
    throw new TodoError(error.code, `${error.message}: that of ${source}`, {
      hints: adviseOn(source),
      cause: error,
    });
  }
}

async function findToken(io: Io, url: string): Promise<{ readonly token: string; readonly source: string }> {
  const { name, origin } = readPlace(url);
  const given = io.env["TODO_TOKEN"];
  if (given) return { token: given, source: "TODO_TOKEN" };
  const kept = await findCredential(io, origin);
  if (kept) return { token: kept.credential.token, source: kept.source };
  throw new TodoError("unauthorized", `you are not logged in to ${name}`, {
    hints: ["Log in with a token of your auth server: todo login --token -", "Or set TODO_TOKEN."],
  });
}

function adviseOn(source: string): string[] {
  if (source !== "TODO_TOKEN") return [LOG_IN];
  return [
    "Set TODO_TOKEN to a new one.",
    "Or unset it, because it goes before what is stored, and: todo login --token -",
  ];
}
