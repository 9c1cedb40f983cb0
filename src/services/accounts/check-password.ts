import { TodoError } from "../../domain/errors.ts";
import { countCodePoints } from "../../domain/task/text.ts";
import { isCommonPassword } from "./common-passwords.ts";
import { normalizePassword } from "./passwords.ts";

// In code points. NIST SP 800-63B-4, 3.1.1.2, requires 15 if the password is the only factor, and demands that at least
// 64 are allowed.
const MIN_PASSWORD_CHARACTERS = 12;
const MAX_PASSWORD_CHARACTERS = 256;

const HINT = "A few words that don't belong together are long and easy to remember.";

/**
 * The password as it is hashed. It must only be long enough and hard to guess (SP 800-63B-4, 3.1.1.2). Throws
 * `invalid_input`, which names the member and the problem and never repeats the password.
 */
export function checkPassword(text: string, email: string, member = "password"): string {
  const password = normalizePassword(text);
  const issue = findSecretIssue(password, normalizePassword(email));
  if (issue === null) return password;
  throw new TodoError("invalid_input", `the password ${issue}`, {
    hints: [HINT],
    issues: [{ path: member, message: `it ${issue}` }],
  });
}

function findSecretIssue(password: string, email: string): string | null {
  if (password.includes("\0")) return "contains a NUL character";
  // UTF-8 would turn it into U+FFFD, as it would every other lone surrogate.
  if (!password.isWellFormed()) return "contains half of a surrogate pair";
  const length = countCodePoints(password);
  if (length < MIN_PASSWORD_CHARACTERS) return `has fewer than ${MIN_PASSWORD_CHARACTERS} characters`;
  if (length > MAX_PASSWORD_CHARACTERS) return `has more than ${MAX_PASSWORD_CHARACTERS} characters`;
  if (isAddress(password, email)) return "is the e-mail address or its part before the @";
  if (isCommonPassword(password)) return "is one of the commonest passwords";
  return null;
}

function isAddress(password: string, email: string): boolean {
  const address = email.toLowerCase();
  return [address, address.replace(/@[^@]*$/, "")].includes(password.toLowerCase());
}
