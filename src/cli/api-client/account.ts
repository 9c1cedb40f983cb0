import type { TokenOrder } from "../../services/accounts/personal-tokens.ts";
import { readEvents, readNewToken, readNothing, readSessions, readTokens } from "../../contract/server-replies.ts";
import type { Io } from "../platform/io.ts";
import { pickOne } from "../input/pick.ts";
import { createDeviceNames } from "./device-names.ts";
import { openServer } from "./server-client.ts";

/** The devices and tokens of the logged-in user. Each method throws the server's refusals. */
export async function openAccount(io: Io, server: string) {
  const { ask } = await openServer(io, server);
  const listSessions = () => ask(readSessions, { method: "GET", path: "/api/auth/sessions" });
  const listTokens = () => ask(readTokens, { method: "GET", path: "/api/auth/tokens" });
  return {
    listSessions,
    listTokens,
    /** The newest events first, at most `limit`. */
    listEvents: (limit: number) => ask(readEvents, { method: "GET", path: `/api/auth/log?limit=${limit}` }),
    createToken: (json: TokenOrder) => ask(readNewToken, { method: "POST", path: "/api/auth/tokens", json }),
    /** The session of the named device. Throws `not_found` or `ambiguous`. */
    findSession: async (ref: string) => {
      const sessions = await listSessions();
      const nameOf = createDeviceNames(sessions);
      return (
        sessions.find((session) => nameOf(session) === ref) ?? pickOne(sessions, ref, ({ device }) => device, nameOf)
      );
    },
    endSession: ({ id }: { readonly id: string }) =>
      ask(readNothing, { method: "DELETE", path: `/api/auth/sessions/${id}` }),
    /** Revokes the named token and answers it. Throws `not_found` or `ambiguous`. */
    removeToken: async (ref: string) => {
      const token = pickOne(await listTokens(), ref, ({ name }) => name);
      await ask(readNothing, { method: "DELETE", path: `/api/auth/tokens/${token.id}` });
      return token;
    },
  };
}
