import { hasCode, TodoError } from "../../domain/errors.ts";
import { findSecretIssue, isPublicKey } from "./secrets.ts";

/**
 * The variable of a secret. TODO_SECRET is the server's own and signs tokens of accounts alone. BETTER_AUTH_SECRET is
 * shared with another issuer, whose tokens it makes good.
 */
export type SecretVariable = "TODO_SECRET" | "BETTER_AUTH_SECRET";

type Env = Readonly<Record<string, string | undefined>>;
export type ReadFile = (path: string) => string;

const SECRET_HINT = "Make one with: openssl rand -base64 32";

/**
 * The secrets of a variable, or of the file that the variable with `_FILE` names, the newest first. Empty if neither is
 * set. Throws `usage` for unsafe ones; no message repeats them.
 */
export function readSecrets(env: Env, name: SecretVariable, readFile: ReadFile): string[] {
  const [value, path] = [env[name], env[`${name}_FILE`]];
  if (value && path) {
    throw usage(`${name} and ${name}_FILE are both set: nobody can tell which is meant`, "Unset one of them.");
  }
  if (value) return splitSecrets(name, value);
  return path ? splitSecrets(`the file of ${name}_FILE`, readSecretFile(path, `${name}_FILE`, readFile)) : [];
}

function readSecretFile(path: string, variable: string, readFile: ReadFile): string {
  try {
    return readFile(path).replace(/\r?\n$/, "");
  } catch (cause) {
    // The path of a file that can be read is no secret that was put into the wrong variable.
    if (hasCode(cause, "usage")) throw cause;
    throw new TodoError("usage", `the file of ${variable} can't be read`, {
      hints: ["Check that it exists and that this user may read it."],
      cause,
    });
  }
}

/** The secrets of `NEW,OLD`. */
function splitSecrets(name: string, value: string): string[] {
  if (isPublicKey(value)) {
    throw usage(`${name} holds a public key: whoever knows it could sign tokens`, SECRET_HINT);
  }
  const secrets = value.split(",");
  for (const [at, secret] of secrets.entries()) {
    const issue = findSecretIssue(secret);
    if (issue !== null)
      throw usage(`${secrets.length > 1 ? `secret ${at + 1} of ${name}` : name} ${issue}`, SECRET_HINT);
  }
  return secrets;
}

function usage(message: string, hint: string): TodoError {
  return new TodoError("usage", message, { hints: [hint] });
}
