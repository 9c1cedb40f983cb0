import { TodoError } from "../../domain/errors.ts";
import { writeSetting } from "./changes.ts";
import { findSetting } from "./config.ts";
import type { Io } from "../platform/io.ts";
import { isUnencrypted } from "./server-url.ts";

/** Whether the user agreed to send to this server what others could read on its way. */
export function mayBeInsecure(io: Io, server: string): boolean {
  return !isUnencrypted(server) || listAgreed(io).includes(server);
}

/** Remembers that the user agreed. */
export function agreeToInsecure(io: Io, server: string): void {
  writeSetting(io, "insecure-http", [...listAgreed(io), server].join(","));
}

/** Answers the server. Throws `usage` if others could read what is sent there, and the user did not agree to that. */
export function requireAgreed(io: Io, server: string): string {
  if (mayBeInsecure(io, server)) return server;
  throw new TodoError("usage", `${server} is not encrypted: others in its network could read your password and tasks`, {
    hints: [
      "Put TLS before the server, and use https.",
      `Or agree to it once: todo login ${server} --insecure-http`,
      "Without an account there, the same with todo signup.",
    ],
  });
}

function listAgreed(io: Io): string[] {
  return findSetting(io, "insecure-http")?.split(",") ?? [];
}
