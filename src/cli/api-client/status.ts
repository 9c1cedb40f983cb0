import { type Credential, requireCredential } from "../auth/credentials.ts";
import type { Io } from "../platform/io.ts";

/** What is known of a login without asking the server, and where it is kept. */
export type Login = Credential & { readonly source: string };

/** The login on a server. Whose TODO_TOKEN is, only the server knows. Throws `unauthorized` where nobody is logged in. */
export async function findLogin(io: Io, origin: string): Promise<Login> {
  const given = io.env["TODO_TOKEN"];
  if (given) return { ...(await (await import("./identity.ts")).askIdentity(io, origin)), source: "TODO_TOKEN" };
  const { credential, source } = await requireCredential(io, origin);
  return { ...credential, source };
}
