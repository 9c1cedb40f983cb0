import { isLoopback } from "../../../domain/loopback.ts";
import type { DatabaseFile } from "../../../ports/database.ts";
import { readKeptSecret, readTrust } from "../../auth/tokens.ts";
import type { Invocation } from "../../invocation.ts";
import type { ServeOrder } from "../../platform/io.ts";

/** Whose tokens a server takes. `keptAt` is the path of its own secret if others can reach it, else undefined. */
type ServerTrust = Pick<ServeOrder, "tokens" | "accountSecrets" | "isUnnamed"> & { readonly keptAt?: string };

/**
 * Without any setting a server has a secret of its own beside its database. Keys for tokens of accounts are derived from
 * it. On a loopback address it also makes the tokens of `todo auth token --local` good. A server that others can reach trusts no
 * token but those of its accounts: whoever runs it has an account like everybody else.
 */
export async function resolveTrust(
  { io }: Invocation,
  open: () => Promise<DatabaseFile>,
  host: string,
): Promise<ServerTrust> {
  const { tokens, isBare, accountSecrets } = readTrust(io);
  const isLocal = isBare && isLoopback(host);
  if (!isLocal && accountSecrets.length > 0) return { tokens, accountSecrets };
  const { file } = await open();
  // A database in memory can't keep a secret, and would forget its accounts.
  if (file.path === ":memory:" && (!isBare || accountSecrets.length > 0)) return { tokens, accountSecrets };
  const kept = readKeptSecret(io, file);
  return {
    tokens: isLocal ? { ...tokens, secrets: [kept.secret] } : tokens,
    accountSecrets: accountSecrets.length > 0 ? accountSecrets : [kept.secret],
    ...(!isLoopback(host) && { keptAt: kept.path, isUnnamed: isBare }),
  };
}
