import { TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";
import { isHostName, isPrivateAddress } from "../../domain/private-network.ts";
import { hostOf } from "../config/resolve-server.ts";
import { isUnencrypted } from "../config/server-url.ts";
import type { Io } from "../platform/io.ts";

/**
 * Throws `unavailable` if a server that is reached by http has a name that leads out of the user's own network now, as in
 * the network of a hotel. The user agreed to http at home.
 */
export async function requirePrivateAddress(io: Io, server: string): Promise<void> {
  const { hostname } = new URL(server);
  if (!isUnencrypted(server) || !isHostName(hostname)) return;
  const addresses = await io.resolveHost(hostname).catch(() => []);
  const isOutside = (address: string) => !isPrivateAddress(address) && !isLoopback(address);
  // A name that is not resolved can't be reached. The request says so.
  if (!addresses.some(isOutside)) return;
  throw new TodoError("unavailable", `${hostOf(server)} has a public address in this network, so nothing was sent`, {
    hints: ["Without https it is used in your own network alone."],
  });
}
