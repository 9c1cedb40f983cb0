import { TodoError } from "../../domain/errors.ts";
import { readNothing } from "../../contract/server-replies.ts";
import type { Io } from "../platform/io.ts";
import { askServer } from "./connection.ts";
import { hostOf } from "../config/resolve-server.ts";

/** Ends a session. Throws `unavailable`, which says that the session is still open. */
export async function endSession(io: Io, server: string, refreshToken: string): Promise<void> {
  const ask = { method: "POST", path: "/api/auth/logout", json: { refresh_token: refreshToken } } as const;
  try {
    await askServer(io, server, readNothing, ask);
  } catch (cause) {
    if (!(cause instanceof TodoError)) throw cause;
    throw new TodoError(cause.code, `forgotten here, but ${hostOf(server)} could not be told`, {
      hints: ["The session there is still open. End it from another device: todo sessions revoke"],
      cause,
    });
  }
}
