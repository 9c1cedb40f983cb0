import { createHmac, hkdfSync } from "node:crypto";
import { TOKENS } from "./api.ts";

/** What a token is made of: a text or bytes as they are, anything else as its JSON. */
type Part = string | Uint8Array | object;

/** The header of every access token of this server, and what its key is derived for. */
export const HEADER = { alg: "HS256", typ: "at+jwt", kid: "todo" };
export const LABEL = "todo access tokens 1";
export const [SECRET = ""] = TOKENS.secrets;

export function encode(part: Part): string {
  const bytes = part instanceof Uint8Array ? part : Buffer.from(typeof part === "string" ? part : JSON.stringify(part));
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

/** The key that a server with this secret signs access tokens with (RFC 5869). */
export function deriveKey(secret = SECRET, label = LABEL, salt = ""): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", secret, salt, label, 32));
}

/** A token with a right HMAC, however wrong the rest of it is. */
export function forge(
  payload: Part,
  {
    header = HEADER,
    key = deriveKey(),
    hash = "sha256",
  }: { header?: Part; key?: string | Uint8Array; hash?: string } = {},
): string {
  const text = `${encode(header)}.${encode(payload)}`;
  return `${text}.${createHmac(hash, key).update(text).digest("base64url")}`;
}

/** A refresh token that is made up by somebody who knows the id of a session, and no secret. */
export function makeUpRefreshToken(
  session: string,
  secret: Uint8Array = crypto.getRandomValues(new Uint8Array(32)),
): string {
  const id = Buffer.from(session.replaceAll("-", ""), "hex");
  return `todo_ref_${encode(Buffer.concat([id, secret]))}`;
}

/** What stands in a refresh token behind the id of its session. */
export function secretOf(refreshToken: string): Uint8Array {
  return Buffer.from(refreshToken.slice("todo_ref_".length), "base64url").subarray(16);
}
