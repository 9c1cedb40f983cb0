import { TodoError } from "../../domain/errors.ts";
import { isLoopback } from "../../domain/loopback.ts";
import type { RequestContext } from "../request-context.ts";
import { readAddress } from "./client-address.ts";
import { findConnectionUsers } from "./connection-users.ts";

/** Proxies name the client in one of these. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-real-ip", "via"];

/**
 * Throws `forbidden` unless a request comes from this machine, and where the system tells that from a process of the server's own
 * user. Other users of the machine see the arguments of a browser, and any server of theirs on this host gets its cookies: a
 * browser does not tell ports apart.
 */
export async function requireOwner(context: RequestContext): Promise<void> {
  const { request, deps, readPorts } = context;
  // What a proxy on this machine passes on comes from elsewhere.
  const isForwarded = FORWARDED.some((name) => request.headers.has(name));
  const isHere = !isForwarded && isLoopback(readAddress(context).replace(/^::ffff:/, ""));
  if (!isHere)
    throw new TodoError("forbidden", "the owner of the database signs in on the machine of the server alone");
  const ports = readPorts();
  const users = ports ? findConnectionUsers(await deps.readConnections(), ports) : [];
  if (users.every((user) => user === process.getuid?.())) return;
  throw new TodoError("forbidden", "another user of this machine is not the owner of the database");
}
