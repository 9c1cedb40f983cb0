import { TodoError } from "../../domain/errors.ts";
import { findSetting } from "./config.ts";
import { requireAgreed } from "./insecure-http.ts";
import { readServerUrl } from "./server-url.ts";
import type { Target } from "./place.ts";

const LOG_IN = ["Log in to it: todo login https://todo.example.com", "Or name it with --server or TODO_SERVER."];

/** The base URL of a server. Throws `usage` if it is not safe: tokens would go there. */
export function readServer(text: string): string {
  return readServerUrl(text, "the URL of the server");
}

/**
 * The base URL of the server: the given one, else none if the tasks are in a database on a server, else that of the
 * settings. Throws `usage` for a URL that is not safe.
 */
export function resolveServer(target: Pick<Target, "io" | "place">, given: string | undefined): string | undefined {
  const server = findServer(target, given);
  return server === undefined ? undefined : requireAgreed(target.io, server);
}

/** The base URL of the server. Throws `usage` if none is given or set, or if it is not safe. */
export function requireServer(target: Pick<Target, "io">, given: string | undefined): string {
  return requireAgreed(target.io, requireServerName(target, given));
}

/** The same as `resolveServer` for commands that let the user agree to http. */
export function findServer({ io, place }: Pick<Target, "io" | "place">, given: string | undefined): string | undefined {
  if (given !== undefined) return readServer(given);
  return place.kind === "file" ? findSetting(io, "server") : undefined;
}

/** The same as `requireServer` for them. */
export function requireServerName({ io }: Pick<Target, "io">, given: string | undefined, hints = LOG_IN): string {
  const server = given === undefined ? findSetting(io, "server") : readServer(given);
  if (server !== undefined) return server;
  throw new TodoError("usage", "no server is given", { hints });
}

/** The host of a server and the path on it, for people. */
export function hostOf(server: string): string {
  const { host, pathname } = new URL(server);
  return pathname === "/" ? host : host + pathname;
}
