import { isAccountId } from "../../domain/accounts.ts";
import { isUnauthorized, TodoError } from "../../domain/errors.ts";
import { createAccessTokens, isAccessToken } from "../../services/accounts/access-tokens.ts";
import { createGuard } from "../../services/accounts/authenticate.ts";
import { isPersonalToken } from "../../services/accounts/opaque-secrets.ts";
import { createAuthenticator } from "../../services/tokens/authenticate.ts";
import type { Identity } from "../../services/tokens/identity.ts";
import { findCredential } from "./credentials.ts";
import { readPlace } from "../../domain/database-url.ts";
import type { Io } from "../platform/io.ts";
import type { LazyDatabase } from "./lazy-database.ts";
import { nobodyToTrust, readTrust } from "./tokens.ts";

/** A token's user, and its source: TODO_TOKEN or the path of a file. */
export type Known = { readonly identity: Identity; readonly source: string };

/** Of personal tokens the database has hashes, so nothing has to be configured for them. */
const PERSONAL_TOKEN = "A personal token needs no setting. Make one where you are logged in: todo token create NAME";
const SERVER_SECRET =
  "For the token of a login set TODO_SECRET to that of its server. A personal token needs no setting.";
const LOG_IN = "Log in with a new one: todo login --token -";

/**
 * The user of a token, checked as the server would. The database is opened only for tokens of accounts in it. Throws
 * `unauthorized`, `usage` if no secret or key set is configured that the token needs, or `unavailable`.
 */
export async function verifyToken(io: Io, database: LazyDatabase, token: string): Promise<Identity> {
  const { tokens, isBare, accountSecrets } = readTrust(io);
  const { now } = io.system;
  const others = createAuthenticator(tokens, { now, fetch });
  if (isAccessToken(token) && accountSecrets.length === 0) throw nobodyToTrust(io, SERVER_SECRET);
  if (!isPersonalToken(token) && !isAccessToken(token)) {
    if (isBare) throw nobodyToTrust(io, PERSONAL_TOKEN);
    return others(`Bearer ${token}`);
  }
  const { accounts } = await database.open();
  const { authenticate } = createGuard(accounts, createAccessTokens(accountSecrets), { others, now });
  return authenticate(`Bearer ${token}`);
}

/** The user in the database at a URL. Throws `unauthorized`, `usage` or `unavailable`. */
export async function identify(io: Io, url: string, database: LazyDatabase): Promise<Known> {
  const { token, source } = await findToken(io, url);
  try {
    return { identity: await verifyToken(io, database, token), source };
  } catch (error) {
    if (!isUnauthorized(error)) throw error;
    throw new TodoError(error.code, `${error.message}: that of ${source}`, {
      hints: adviseOn(source),
      cause: error,
    });
  }
}

/** The name of a user for people. */
export function nameUser({ user, email }: Identity): string {
  // That of another issuer's token is only what the token says.
  return isAccountId(user) ? (email ?? user) : user;
}

async function findToken(io: Io, url: string): Promise<{ readonly token: string; readonly source: string }> {
  const { name, origin } = readPlace(url);
  const given = io.env["TODO_TOKEN"];
  if (given) return { token: given, source: "TODO_TOKEN" };
  const kept = await findCredential(io, origin);
  if (kept) return { token: kept.credential.token, source: kept.source };
  throw new TodoError("unauthorized", `you are not logged in to ${name}`, {
    hints: [
      "Log in with a token of your account there, or of your auth server: todo login --token -",
      "Or set TODO_TOKEN.",
    ],
  });
}

function adviseOn(source: string): string[] {
  if (source !== "TODO_TOKEN") return [LOG_IN];
  return [
    "Set TODO_TOKEN to a new one.",
    "Or unset it, because it goes before what is stored, and: todo login --token -",
  ];
}
