import { isDatabaseUrl, readPlace } from "../../domain/database-url.ts";
import { TodoError } from "../../domain/errors.ts";
import type { Replica } from "../../ports/replica.ts";
import { findSetting } from "./config.ts";
import { requireAgreed } from "./insecure-http.ts";
import type { Io } from "../platform/io.ts";
import { readServer } from "./resolve-server.ts";

/** A remote to sync with: its name, and its URL, which contains a password if it is a database on a server. */
export type RemotePlace = { readonly server: string; readonly url: string };

/**
 * The remote of a replica: the given one, else TODO_REMOTE, else the one that it follows, else the server of the
 * settings. Throws `account_mismatch` if it follows another one, and `usage` if no server is set.
 */
export async function resolveRemote(io: Io, replica: Replica, given?: string): Promise<RemotePlace> {
  const bound = (await replica.binding())?.server;
  // The settings name the server of the login. Only a variable says that this very database is to follow one.
  const named = given || io.env["TODO_REMOTE"] || io.env["TODO_SERVER"] || bound || findSetting(io, "server");
  if (!named) {
    throw new TodoError("usage", "no server to sync with is given", {
      hints: ["Log in to a server: todo login https://todo.example.com", "Or name a remote: todo sync postgres://…"],
    });
  }
  const place = readRemote(io, named);
  if (bound !== undefined && place.server !== bound) {
    throw new TodoError("account_mismatch", `this database follows ${bound}, not ${place.server}`, {
      hints: ["Give another file with --db or TODO_DB to follow another server."],
    });
  }
  if (named === bound && isDatabaseUrl(bound)) {
    throw new TodoError("usage", `this database follows ${bound}, whose password is not stored here`, {
      hints: ["Give the whole URL: todo sync postgres://…, or set TODO_REMOTE to it."],
    });
  }
  return place;
}

function readRemote(io: Io, text: string): RemotePlace {
  if (isDatabaseUrl(text)) return { server: readPlace(text).origin, url: text };
  const server = requireAgreed(io, readServer(text));
  return { server, url: server };
}
