import { deriveKey } from "./derive-key.ts";

/** The prefix lets secret scanners find tokens that leaked. */
const PREFIX = "todo_ref_";
const FORM = new RegExp(`^${PREFIX}([\\w-]{64})$`);

const ID_BYTES = 16;
const RANDOM_BYTES = 16;
const MAC_BYTES = 16;

const MAC_LABEL = "todo refresh tokens 1";
/** The purpose of the pad, so that the token serves for nothing else. */
const SEAL = "todo refresh token, the next one";

/** A refresh token and its session. */
export type RefreshToken = { readonly text: string; readonly session: string };

export type RefreshTokens = {
  /** A new token of a session (a UUID). */
  readonly make: (session: string) => Promise<RefreshToken>;
  /** Whether a server with one of the secrets made the token, for any session and at any time. */
  readonly isOurs: (token: RefreshToken) => Promise<boolean>;
};

/**
 * Refresh tokens of a server: the session's id, 16 random bytes, and a MAC over both. The MAC proves that a token was issued
 * once, without a list of all that were used up. The newest of the server's secrets makes it, all verify.
 */
export function createRefreshTokens(secrets: readonly string[]): RefreshTokens {
  const keys = Promise.all(secrets.map((secret) => deriveKey(secret, MAC_LABEL)));
  return {
    make: async (session) => {
      const [key] = await keys;
      if (!key) throw new Error("a server without a secret has no accounts");
      const random = crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
      const issued = Uint8Array.from([...idOf(session), ...random]);
      return write(session, Uint8Array.from([...random, ...(await makeMac(key, issued))]));
    },
    isOurs: async ({ text }) => {
      const bytes = bytesOf(text);
      const [issued, mac] = [bytes.slice(0, -MAC_BYTES), bytes.slice(-MAC_BYTES)];
      for (const key of await keys) if (crypto.timingSafeEqual(mac, await makeMac(key, issued))) return true;
      return false;
    },
  };
}

/** The session of a refresh token, or null for any other text. The token is not verified. */
export function readRefreshToken(text: string): RefreshToken | null {
  if (!FORM.test(text)) return null;
  const hex = bytesOf(text).slice(0, ID_BYTES).toHex();
  return { text, session: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") };
}

/**
 * Encrypts the next token so that only a holder of the previous one can read it. Each token is the key of one pad, and
 * each pad encrypts one token. So the database holds nothing that anybody else could sign in with.
 */
export function sealNext(next: RefreshToken, before: RefreshToken): string {
  return xor(secretOf(next), padOf(before)).toHex();
}

/** Decrypts the next token from the result of `sealNext`. */
export function unsealNext(sealed: string, before: RefreshToken): RefreshToken {
  return write(before.session, xor(Uint8Array.fromHex(sealed), padOf(before)));
}

async function makeMac(key: CryptoKey, issued: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, issued)).subarray(0, MAC_BYTES);
}

function write(session: string, secret: Uint8Array): RefreshToken {
  const bytes = Uint8Array.from([...idOf(session), ...secret]);
  return { text: PREFIX + bytes.toBase64({ alphabet: "base64url", omitPadding: true }), session };
}

function idOf(session: string): Uint8Array {
  return Uint8Array.fromHex(session.replaceAll("-", ""));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.fromBase64(text.slice(PREFIX.length), { alphabet: "base64url" });
}

function secretOf({ text }: RefreshToken): Uint8Array {
  return bytesOf(text).subarray(ID_BYTES);
}

function padOf({ text }: RefreshToken): Uint8Array {
  return new Uint8Array(new Bun.CryptoHasher("sha256", text).update(SEAL).digest());
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, at) => byte ^ (other[at] ?? 0));
}
