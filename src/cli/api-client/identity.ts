import { readIdentity } from "../../contract/server-replies.ts";
import type { Credential } from "../auth/credentials.ts";
import type { Io } from "../platform/io.ts";
import { openServer } from "./server-client.ts";

/**
 * The user that the server names, with the token that was sent. Throws `unauthorized`, and `unavailable` if the server
 * is away.
 */
export async function askIdentity(io: Io, server: string): Promise<Credential> {
  const client = await openServer(io, server);
  const { id, email, expires_at } = await client.ask(readIdentity, { method: "GET", path: "/api/me" });
  return {
    token: await client.freshToken(),
    user: id,
    ...(email !== null && { email }),
    ...(expires_at !== null && { expiresAt: expires_at }),
  };
}
