import { z } from "zod";
import { TodoError } from "../../domain/errors.ts";
import type { Cursor } from "../../domain/sync.ts";

const LONGEST = 400;

/** Epochs and tags. Anything else is no question for a database: PostgreSQL refuses some texts. */
const name = z.string().regex(/^[\w-]{1,64}$/);
const shape = z.tuple([name, z.int().min(0), z.int().min(0), name]);

/** The cursor as clients keep it. Nothing in it is theirs to read. */
export function encodeCursor({ epoch, position, head }: Cursor): string {
  const bytes = new TextEncoder().encode(JSON.stringify([epoch, position, head.revision, head.tag]));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** The cursor that a text is. Throws `invalid_input`. */
export function decodeCursor(text: string): Cursor {
  try {
    if (text.length > LONGEST) throw new Error("it is too long");
    const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
    const [epoch, position, revision, tag] = shape.parse(JSON.parse(new TextDecoder().decode(bytes)));
    return { epoch, position, head: { revision, tag } };
  } catch (cause) {
    throw new TodoError("invalid_input", "the cursor is not one of this server's", {
      flaws: [{ path: "cursor", message: "it is not one of this server's" }],
      cause,
    });
  }
}
