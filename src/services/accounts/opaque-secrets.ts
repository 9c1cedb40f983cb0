import { USER_CODE_LENGTH } from "../../domain/accounts.ts";

/** What begins with these can be found by who searches for leaked secrets. */
const REFRESH = "todo_ref_";
const PERSONAL = "todo_pat_";
const DEVICE = "todo_dev_";
const INVITE = "todo_inv_";

const RANDOM_BYTES = 32;
const ID_BYTES = 16;
const REFRESH_FORM = new RegExp(`^${REFRESH}([\\w-]{64})$`);

/** Letters that can't be taken for each other or make words (RFC 8628, 6.1). */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const USER_CODE = new RegExp(`^[${LETTERS}]{${USER_CODE_LENGTH}}$`);

/** Says what a leaked refresh token's pad is for, so that the token is used for nothing else. */
const SEAL = "todo refresh token, the next one";

/** A refresh token, and the session whose it is. */
export type RefreshToken = { readonly text: string; readonly session: string };

/** What is stored of a secret: its SHA-256 as hex digits. Secrets are random, so nobody can guess one from that. */
export function hashSecret(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
}

/** A new refresh token of a session (a UUID): the session's id and 32 random bytes. */
export function makeRefreshToken(session: string): RefreshToken {
  return writeRefreshToken(session, randomBytes());
}

/** The session of a refresh token, or null for any other text. Nothing of it is checked. */
export function readRefreshToken(text: string): RefreshToken | null {
  const encoded = REFRESH_FORM.exec(text)?.[1];
  if (encoded === undefined) return null;
  const hex = decode(encoded).subarray(0, ID_BYTES).toHex();
  return { text, session: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5") };
}

/**
 * The next token as only who has the one before can read it. Each is the key of one pad, and a pad is used for one token, so
 * that the database holds nothing with which somebody else could sign in.
 */
export function sealNext(next: RefreshToken, before: RefreshToken): string {
  return xor(secretOf(next), padOf(before)).toHex();
}

/** The next token from what `sealNext` answered. */
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

/** True for what may be a personal token. */
export function isPersonalToken(text: string): boolean {
  return text.startsWith(PERSONAL);
}

/** Eight letters for people to compare and type. */
export function makeUserCode(): string {
  let code = "";
  while (code.length < USER_CODE_LENGTH) {
    // What is left of a byte's values would come more often.
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < 256 - (256 % LETTERS.length)) code += LETTERS[byte % LETTERS.length];
  }
  return code;
}

/** A user code as it was typed, without what stands between its letters, or null for anything else. */
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
