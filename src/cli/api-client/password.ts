import { readNothing } from "../../contract/server-replies.ts";
import type { Io } from "../platform/io.ts";
import { askNewPassword, askSecret } from "../input/prompts.ts";
import { openServer } from "./server-client.ts";

/** Asks for the password and a new one and changes it. Throws what the server refuses with. */
export async function changePassword(io: Io, origin: string): Promise<void> {
  const server = await openServer(io, origin);
  const current = askSecret(io, "Password: ");
  const json = { current_password: current, new_password: askNewPassword(io) };
  await server.ask(readNothing, { method: "POST", path: "/api/auth/password", json });
}
