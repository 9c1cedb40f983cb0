import { z } from "zod";
import { TodoError } from "../../domain/errors.ts";
import type { Cursor } from "../../ports/sync.ts";

const MAX_CURSOR_CHARACTERS = 400;
/** Characters that tell one database id from another. The whole id would only make each request longer. */
const DATABASE_ID_PART = 16;

/** Database ids and tags. Other texts must not reach the database: PostgreSQL refuses some. */
const name = z.string().regex(/^[\w-]{1,64}$/);
const revision = z.int().min(0);
const shape = z.tuple([name, revision, revision, name, z.int().min(1).optional()]);

/** The cursor as clients keep it. It is opaque to them. */
export function encodeCursor({ databaseId, position, head, purgedUpTo }: Cursor): string {
  const parts = [databaseId.slice(0, DATABASE_ID_PART), position, head.revision, head.tag];
  // A smaller value counts no more than the position.
  if (purgedUpTo > position) parts.push(purgedUpTo);
  const bytes = new TextEncoder().encode(JSON.stringify(parts));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** Parses a cursor. Throws `invalid_input`. */
export function decodeCursor(text: string): Cursor {
  try {
    if (text.length > MAX_CURSOR_CHARACTERS) throw new Error("it is too long");
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const [databaseId, position, head, tag, purgedUpTo = 0] = shape.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { databaseId, position, head: { revision: head, tag }, purgedUpTo };
  } catch (cause) {
    throw new TodoError("invalid_input", "the cursor is not one of this server's", {
      issues: [{ path: "cursor", message: "it is not one of this server's" }],
      cause,
    });
  }
}
