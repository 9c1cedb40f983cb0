import { USER_CODE_LENGTH } from "../../domain/accounts.ts";

/** Prefixes, so that secret scanners can find leaked secrets. */
const PERSONAL = "todo_pat_";
const DEVICE = "todo_dev_";
const INVITE = "todo_inv_";
const PAGE = "todo_web_";
const OWNER = "todo_own_";

/** A session's UUID, then what is secret. */
const OWNER_FORM = new RegExp(`^${OWNER}([\\da-f-]{36})_[\\w-]{43}$`);

const RANDOM_BYTES = 32;

/** Letters that are not confused with each other and form no words (RFC 8628, 6.1). */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const USER_CODE = new RegExp(`^[${LETTERS}]{${USER_CODE_LENGTH}}$`);

/**
 * The stored form of a secret: its SHA-256 as hex digits. Secrets are random, so the hash does not help to guess them.
 */
export function hashSecret(text: string): string {
  return new Bun.CryptoHasher("sha256").update(text).digest("hex");
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

/** A code that opens the page for the owner of a database. */
export function makePageCode(): string {
  return PAGE + encode(randomBytes());
}

/** A refresh token of the owner's session with this id, a UUID. */
export function makeOwnerToken(session: string): string {
  return `${OWNER}${session}_${encode(randomBytes())}`;
}

/** The session of the owner's refresh token, or null for any other text. */
export function readOwnerToken(text: string): string | null {
  return OWNER_FORM.exec(text)?.[1] ?? null;
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

function randomBytes(): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(RANDOM_BYTES));
}

function encode(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url", omitPadding: true });
}
