import { readNothing } from "../../contract/server-replies.ts";
import type { Io } from "../platform/io.ts";
import { askNewPassword, askSecret } from "../input/prompts.ts";
import { openServer } from "./server-client.ts";

/** Asks for the current and the new password and changes it. Throws the server's refusals. */
export async function changePassword(io: Io, origin: string): Promise<void> {
  const server = await openServer(io, origin);
  const current = askSecret(io, "Password: ");
  const json = { current_password: current, new_password: askNewPassword(io) };
  await server.ask(readNothing, { method: "POST", path: "/api/auth/password", json });
}
