import { z } from "zod";
import { invalidToken } from "./refusals.ts";
import { readJsonObject } from "./strict-json.ts";

/** In characters. No real token is longer. Without a limit a megabyte of it would be decoded before it is refused. */
const MAX_TOKEN_CHARACTERS = 8192;
/** Schemes are compared without regard to case (RFC 9110, 11.1). */
const SCHEME = /^bearer /i;
const SCHEME_LENGTH = "Bearer ".length;
const PARTS = /^(?<header>[\w-]+)\.(?<payload>[\w-]+)\.(?<signature>[\w-]+)$/;

/** Members that would bring a key, another reading of the payload, or a rule that this program does not know. */
const absent = z.never().optional();

const headerShape = z.object({
  alg: z.enum(["HS256", "EdDSA", "Ed25519", "ES256", "RS256"]),
  kid: z.string().optional(),
  // Media types are compared without regard to case (RFC 7515, 4.1.9). `at+jwt` is the type of access tokens (RFC 9068,
  // 2.1).
  typ: z
    .string()
    .regex(/^(?:jwt|at\+jwt)$/i)
    .optional(),
  crit: absent,
  b64: absent,
  jku: absent,
  jwk: absent,
  x5u: absent,
  x5c: absent,
  zip: absent,
  cty: absent,
});

export type TokenHeader = Readonly<z.infer<typeof headerShape>>;

/** A token with a well-formed header. Nothing is verified yet. */
export type Compact = { readonly text: string; readonly header: TokenHeader; readonly payload: Uint8Array };

/**
 * The token of an Authorization header (RFC 6750, 2.1), or an empty text if there is none. Exactly one space stands
 * before it: nobody needs more, and proxies may read them differently.
 */
export function readBearer(authorization: string): string {
  return SCHEME.test(authorization) ? authorization.slice(SCHEME_LENGTH) : "";
}

/**
 * Splits a compact JWS (RFC 7515, 7.1). Throws `unauthorized` for more than 8 KB and for anything but three parts of
 * canonical base64url. Also throws it if the header is not strict JSON or has a member that is not allowed.
 */
export function readCompact(text: string): Compact {
  const parts = text.length <= MAX_TOKEN_CHARACTERS ? PARTS.exec(text)?.groups : undefined;
  if (!parts) throw invalidToken(text === "" ? "scheme" : "form");
  const { header = "", payload = "", signature = "" } = parts;
  decodeBase64Url(signature);
  const parsed = headerShape.safeParse(readJsonObject(decodeBase64Url(header)));
  if (!parsed.success) throw invalidToken(nameIssue(parsed.error) ?? "header");
  return { text, header: parsed.data, payload: decodeBase64Url(payload) };
}

/** The member at the top that the schema refuses first, or undefined for all of it. It is one that the schema names. */
export function nameIssue({ issues }: z.ZodError): string | undefined {
  const name = issues[0]?.path[0];
  return name === undefined ? undefined : String(name);
}

/** Decoders ignore the unused bits of the last character and more, so encoding it again must give the same text. */
function decodeBase64Url(text: string): Uint8Array {
  if (text.length % 4 === 1) throw invalidToken("form");
  const bytes = Uint8Array.fromBase64(text, { alphabet: "base64url" });
  if (bytes.toBase64({ alphabet: "base64url", omitPadding: true }) !== text) throw invalidToken("form");
  return bytes;
}
