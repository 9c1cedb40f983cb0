import { z } from "zod";
import { TodoError } from "../../domain/errors.ts";
import { importPublicKey, type PublicKey } from "./public-keys.ts";
import { readJsonObject } from "./strict-json.ts";

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** In bytes, after decompression. */
const MAX_KEY_SET_BYTES = 1024 * 1024;

const keySetShape = z.object({ keys: z.array(z.unknown()) });

/**
 * The usable keys of a JWK Set (RFC 7517, 5). `timeoutMs` is for all of it. Throws when it can't be fetched,
 * redirects (whoever answers there was never trusted), has more than 1 MB, or is no JWK Set.
 */
export async function loadKeySet(url: string, fetch: Fetch, timeoutMs = 5000): Promise<PublicKey[]> {
  const response = await fetch(url, {
    headers: { accept: "application/json" },
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  const parsed = keySetShape.safeParse(readJsonObject(await readBody(response)));
  if (!parsed.success) throw new TodoError("unavailable", "the answer is not a JWK Set");
  const keys = await Promise.all(parsed.data.keys.map(importPublicKey));
  return keys.filter((key) => key !== null);
}

async function readBody({ ok, status, body }: Response): Promise<Uint8Array> {
  if (!ok) {
    await body?.cancel();
    throw new TodoError("unavailable", `the answer has status ${status}`);
  }
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the rest.
    if (size > MAX_KEY_SET_BYTES) throw new TodoError("unavailable", "the answer has more than 1 MB");
    chunks.push(chunk);
  }
  return new Blob(chunks).bytes();
}
