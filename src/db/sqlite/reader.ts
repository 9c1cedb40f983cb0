import { SQLiteError } from "bun:sqlite";
import { setPriority } from "node:os";
import type { Value } from "../compiled.ts";
import type { Written } from "../statement.ts";
import { readFileIdentity } from "./file-identity.ts";
import { openForReading } from "./open.ts";

/** A statement, the path to read at, and the file that was there a moment ago. */
export type ReadRequest = Written & { readonly path: string; readonly file: string | undefined };

export type ReadReply =
  | { readonly kind: "rows"; readonly rows: readonly unknown[] }
  /** Another file is at the path. */
  | { readonly kind: "moved" }
  | { readonly kind: "failed"; readonly message: string; readonly code: string | undefined };

/** A server does most in a millisecond, and these reads take longer anyway. */
const NICENESS = 10;

/** Reads for the process that started this one, one statement after another, until that closes the channel between them. */
export async function serveReads(): Promise<void> {
  if (!process.send) return;
  setPriority(NICENESS);
  // They are sent to all processes of a terminal or a service, and a server that stops still answers what was asked.
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => undefined);
  const { promise, resolve } = Promise.withResolvers<void>();
  process.once("disconnect", resolve);
  process.on("message", (request: ReadRequest) => process.send?.(read(request)));
  await promise;
}

function read(request: ReadRequest): ReadReply {
  const reply = tryRead(request);
  return readFileIdentity(request.path) === request.file ? reply : { kind: "moved" };
}

/** Opens the file for one read, so that nothing holds it when it is moved, replaced or closed. */
function tryRead({ path, text, params }: ReadRequest): ReadReply {
  try {
    const raw = openForReading(path);
    try {
      return { kind: "rows", rows: raw.query<unknown, Value[]>(text).all(...params) };
    } finally {
      raw.close(true);
    }
  } catch (error) {
    if (error instanceof SQLiteError) return { kind: "failed", message: error.message, code: error.code };
    throw error;
  }
}
