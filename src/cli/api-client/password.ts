import { readNothing, readTokens } from "../../contract/server-replies.ts";
import { checkPassword } from "../../services/accounts/check-password.ts";
import type { Invocation } from "../invocation.ts";
import { confirm } from "../input/confirm.ts";
import { askNewPassword, askSecret } from "../input/prompts.ts";
import { openServer, type ServerClient } from "./server-client.ts";

/** Asks for the current and the new password and changes it. Throws the server's refusals. */
export async function changePassword(
  invocation: Invocation,
  server: string,
  mayKeepTokens: boolean,
): Promise<{ readonly keepsTokens: boolean }> {
  const { io } = invocation;
  const client = await openServer(io, server);
  const passwords = {
    current_password: askSecret(io, "Password: "),
    new_password: askNewPassword(io, (text) => checkPassword(text, "")),
  };
  const keepsTokens = mayKeepTokens || (await confirmTokens(invocation, client));
  const json = { ...passwords, keep_tokens: keepsTokens };
  await client.ask(readNothing, { method: "POST", path: "/api/auth/password", json });
  return { keepsTokens };
}

/** Asks whether programs keep their tokens, if there are any. Without a terminal the answer is no. */
async function confirmTokens(invocation: Invocation, { ask }: ServerClient): Promise<boolean> {
  if (!invocation.io.input.isTerminal()) return false;
  const { length: count } = await ask(readTokens, { method: "GET", path: "/api/auth/tokens" });
  if (count === 0) return false;
  return confirm(invocation, `Keep your ${count === 1 ? "personal token" : `${count} personal tokens`} as well?`);
}
