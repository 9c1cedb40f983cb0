import { TodoError } from "../../domain/errors.ts";
import { agreeToInsecure, mayBeInsecure, requireAgreed } from "../config/insecure-http.ts";
import { confirm } from "../input/confirm.ts";
import type { Invocation } from "../invocation.ts";

/**
 * Lets the user agree, once for each server, to send a password and tasks where others could read them. Throws `usage`
 * if the user does not.
 */
export function agreeToHttp(invocation: Invocation, server: string, isAgreed: boolean): void {
  const { io } = invocation;
  if (mayBeInsecure(io, server)) return;
  if (!isAgreed) askToAgree(invocation, server);
  agreeToInsecure(io, server);
  // A variable with other servers goes before what was written.
  requireAgreed(io, server);
}

function askToAgree(invocation: Invocation, server: string): void {
  const { io } = invocation;
  if (!io.input.isTerminal()) requireAgreed(io, server);
  io.err.write(
    `${server} is not encrypted. Others in its network can read your password and tasks.\n` +
      "In another network, whoever has this address there gets your login.\n",
  );
  if (confirm(invocation, "Use it all the same, also for syncs?")) return;
  throw new TodoError("usage", "nothing was sent", { hints: ["Put TLS before the server, and use https."] });
}
