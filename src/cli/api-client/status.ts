import { TodoError } from "../../domain/errors.ts";
import { type Credential, findCredential, type Kept } from "../auth/credentials.ts";
import type { Io } from "../platform/io.ts";
import { hostOf } from "../config/resolve-server.ts";

/** What is known of a login without asking the server, and where it is kept. */
export type Login = Credential & { readonly source: string };

/** The login on a server. Whose TODO_TOKEN is, only the server knows. Throws `unauthorized` where nobody is logged in. */
export async function findLogin(io: Io, origin: string): Promise<Login> {
  const given = io.env["TODO_TOKEN"];
  if (given) return { ...(await (await import("./identity.ts")).askIdentity(io, origin)), source: "TODO_TOKEN" };
  const { credential, source } = await requireLogin(io, origin);
  return { ...credential, source };
}

/** What `todo login` has kept for a server. Throws `unauthorized` where it has nothing. */
export async function requireLogin(io: Io, origin: string): Promise<Kept> {
  const kept = await findCredential(io, origin);
  if (kept) return kept;
  throw new TodoError("unauthorized", `you are not logged in to ${hostOf(origin)}`, {
    hints: [`Log in: todo login ${origin}`],
  });
}
