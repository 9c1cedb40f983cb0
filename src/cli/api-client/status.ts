import { type Credential, requireCredential } from "../auth/credentials.ts";
import type { Io } from "../platform/io.ts";

/** The local facts about a login, and where it is stored. */
export type Login = Credential & { readonly source: string };

/** The login on a server. Only the server knows the user of TODO_TOKEN. Throws `unauthorized` if nobody is logged in. */
export async function findLogin(io: Io, server: string): Promise<Login> {
  const given = io.env["TODO_TOKEN"];
  if (given) return { ...(await (await import("./identity.ts")).askIdentity(io, server)), source: "TODO_TOKEN" };
  const { credential, source } = await requireCredential(io, server);
  return { ...credential, source };
}
