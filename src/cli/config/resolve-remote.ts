import { isDatabaseUrl, readPlace } from "../../domain/database-url.ts";
import { TodoError } from "../../domain/errors.ts";
import type { Replica } from "../../ports/replica.ts";
import { findSetting } from "./config.ts";
import type { Io } from "../platform/io.ts";
import { readServer } from "./resolve-server.ts";

/** What a database syncs with: where it is, and its URL, which for a database on a server has a password in it. */
export type RemotePlace = { readonly server: string; readonly url: string };

/**
 * Where a replica's remote is: the one that is given, else that of TODO_REMOTE, else what it follows, else the server of the
 * settings. Throws `account_mismatch` for another one than it follows, and `usage` where nothing says which is meant.
 */
export async function resolveRemote(io: Io, replica: Replica, given?: string): Promise<RemotePlace> {
  const bound = (await replica.binding())?.server;
  // The settings say where one is logged in now, and only a variable that this very database is to follow it.
  const named = given || io.env["TODO_REMOTE"] || io.env["TODO_SERVER"] || bound || findSetting(io, "server");
  if (!named) {
    throw new TodoError("usage", "nothing says what to sync with", {
      hints: ["Log in to a server: todo login https://todo.example.com", "Or name a remote: todo sync postgres://…"],
    });
  }
  const place = readRemote(named);
  if (bound !== undefined && place.server !== bound) {
    throw new TodoError("account_mismatch", `this database follows ${bound}, not ${place.server}`, {
      hints: ["Give another file with --db or TODO_DB to follow another server."],
    });
  }
  if (named === bound && isDatabaseUrl(bound)) {
    throw new TodoError("usage", `this database follows ${bound}, whose password is not kept here`, {
      hints: ["Give the whole URL: todo sync postgres://…, or set TODO_REMOTE to it."],
    });
  }
  return place;
}

function readRemote(text: string): RemotePlace {
  if (isDatabaseUrl(text)) return { server: readPlace(text).origin, url: text };
  const server = readServer(text);
  return { server, url: server };
}
