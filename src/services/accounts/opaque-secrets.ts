import { USER_CODE_LENGTH } from "../../domain/accounts.ts";

/** Prefixes, so that secret scanners can find leaked secrets. */
const REFRESH = "todo_ref_";
const PERSONAL = "todo_pat_";
const DEVICE = "todo_dev_";
const INVITE = "todo_inv_";

const RANDOM_BYTES = 32;
const ID_BYTES = 16;
const REFRESH_FORM = new RegExp(`^${REFRESH}([\\w-]{64})$`);

/** Letters that are not confused with each other and form no words (RFC 8628, 6.1). */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const USER_CODE = new RegExp(`^[${LETTERS}]{${USER_CODE_LENGTH}}$`);

/** The purpose of the pad, so that the token serves for nothing else. */
const SEAL = "todo refresh token, the next one";

/** A refresh token and its session. */
export type RefreshToken = { readonly text: string; readonly session: string };

/**
 * The stored form of a secret: its SHA-256 as hex digits. Secrets are random, so the hash does not help to guess them.
 */
export function hashSecret(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}

/** A new refresh token of a session (a UUID): the session's id and 32 random bytes. */
export function makeRefreshToken(session: string): RefreshToken {
  return writeRefreshToken(session, randomBytes());
}

/** The session of a refresh token, or null for any other text. The token is not verified. */
export function readRefreshToken(text: string): RefreshToken | null {
  const encoded = REFRESH_FORM.exec(text)?.[1];
  if (encoded === undefined) return null;
  const hex = decode(encoded).subarray(0, ID_BYTES).toHex();
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
  return writeRefreshToken(before.session, xor(Uint8Array.fromHex(sealed), padOf(before)));
}

export function makePersonalToken(): string {
  return PERSONAL + encode(randomBytes());
}

export function makeDeviceCode(): string {
  return DEVICE + encode(randomBytes());
}

export function makeInviteCode(): string {
  return INVITE + encode(randomBytes());
}

/** True if the text may be a personal token. */
export function isPersonalToken(text: string): boolean {
  return text.startsWith(PERSONAL);
}

/** Eight letters for people to compare and type. */
export function makeUserCode(): string {
  let code = "";
  while (code.length < USER_CODE_LENGTH) {
    // The remaining values of a byte would favour some letters.
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 256 - (256 % LETTERS.length)) code += LETTERS[byte % LETTERS.length];
  }
  return code;
}

/** A user code as it was typed, without separators, or null for any other text. */
export function readUserCode(typed: string): string | null {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, "");
  return USER_CODE.test(code) ? code : null;
}

function writeRefreshToken(session: string, secret: Uint8Array): RefreshToken {
  const id = Uint8Array.fromHex(session.replaceAll("-", ""));
  return { text: REFRESH + encode(Uint8Array.from([...id, ...secret])), session };
}

function secretOf({ text }: RefreshToken): Uint8Array {
  return decode(text.slice(REFRESH.length)).subarray(ID_BYTES);
}

function padOf({ text }: RefreshToken): Uint8Array {
  return new Uint8Array(new Bun.CryptoHasher("sha256", text).update(SEAL).digest());
}

function xor(one: Uint8Array, other: Uint8Array): Uint8Array {
  return one.map((byte, at) => byte ^ (other[at] ?? 0));
}

function randomBytes(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
}

function encode(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}

function decode(text: string): Uint8Array {
  return Uint8Array.fromBase64(text, { alphabet: "base64url" });
}
