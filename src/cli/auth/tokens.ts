import { TodoError, withHint } from "../../domain/errors.ts";
import type { StoreFile } from "../../ports/store.ts";
import { decodeUtf8 } from "../../domain/task/text.ts";
import { findSecretIssue } from "../../services/tokens/secrets.ts";
import { readTokenSettings, type TokenSettings } from "../../services/tokens/settings.ts";
import { configFolder, readConfigured } from "../config/config.ts";
import type { Io } from "../platform/io.ts";

/**
 * The token settings. `isBare` is true if neither the environment nor the configuration file sets any. Throws `usage`
 * for unsafe values.
 */
export function readTokens(io: Io): TokenSettings & { readonly isBare: boolean } {
  const { env, path } = readConfigured(io);
  try {
    const settings = readTokenSettings(env, (file) => decodeUtf8(file, io.readNamedSecret(file)));
    return { ...settings, isBare: settings.secrets.length === 0 && settings.keySetUrl === null };
  } catch (error) {
    if (path === undefined || !(error instanceof TodoError)) throw error;
    throw withHint(error, `Settings missing from the environment come from ${path}`);
  }
}

/** The error of a command that has nothing to check tokens with. */
export function nobodyToTrust({ env }: Io, message: string): TodoError {
  const folder = configFolder(env);
  return new TodoError("usage", message, {
    hints: [
      "Set BETTER_AUTH_SECRET, the secret of your Better Auth server. A new one: openssl rand -base64 32",
      "Or set TODO_JWKS_URL, TODO_JWT_ISSUER and TODO_JWT_AUDIENCE, for tokens with public keys.",
      ...(folder === undefined ? [] : [`Or write secret-file, or jwks-url and the others, into ${folder}/config.json`]),
    ],
  });
}

/** The settings with the secret of this database, which is created at its first use and lies beside it. */
export async function addLocalSecret(io: Io, settings: TokenSettings, { path }: StoreFile): Promise<TokenSettings> {
  if (path === ":memory:") throw new TodoError("usage", "a database in memory can't keep a secret");
  const secret = io.readOrCreateSecret(`${path}.secret`, () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    return bytes.toBase64({ alphabet: "base64url" });
  });
  const issue = findSecretIssue(secret);
  if (issue === null) return { ...settings, secrets: [secret] };
  throw new TodoError("usage", `the secret in ${path}.secret ${issue}`, {
    hints: ["Remove it: a new one will be created."],
  });
}
