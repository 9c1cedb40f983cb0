import { TodoError, withHint } from "../../domain/errors.ts";
import type { StoreFile } from "../../ports/store.ts";
import { decodeUtf8 } from "../../domain/task/text.ts";
import { readSecrets } from "../../services/tokens/read-secrets.ts";
import { findSecretIssue } from "../../services/tokens/secrets.ts";
import { readTokenSettings, type TokenSettings } from "../../services/tokens/settings.ts";
import { configFolder, readConfigured } from "../config/config.ts";
import type { Io } from "../platform/io.ts";

/** Whose tokens are good. */
export type Trust = {
  readonly tokens: TokenSettings;
  /** True if neither the environment nor the configuration file says which tokens of other issuers are good. */
  readonly isBare: boolean;
  /**
   * The server's own secrets of TODO_SECRET, else those shared with another issuer, the newest first. Keys for tokens
   * of accounts are derived from them.
   */
  readonly accountSecrets: readonly string[];
};

/** Reads what the environment and the configuration file say about tokens. Throws `usage` for unsafe values. */
export function readTrust(io: Io): Trust {
  const { env, path } = readConfigured(io);
  const readFile = (file: string) => decodeUtf8(file, io.readNamedSecret(file));
  try {
    const tokens = readTokenSettings(env, readFile);
    const own = readSecrets(env, "TODO_SECRET", readFile);
    const isBare = tokens.secrets.length === 0 && tokens.keySetUrl === null;
    return { tokens, isBare, accountSecrets: own.length > 0 ? own : tokens.secrets };
  } catch (error) {
    if (path === undefined || !(error instanceof TodoError)) throw error;
    throw withHint(error, `Settings missing from the environment come from ${path}`);
  }
}

/** The error of a command that has nothing to check tokens of other issuers with. */
export function nobodyToTrust({ env }: Io, ...first: readonly string[]): TodoError {
  const folder = configFolder(env);
  return new TodoError("usage", "no secret or key set is configured to check tokens with", {
    hints: [
      ...first,
      "Set BETTER_AUTH_SECRET, the secret of your Better Auth server.",
      "Or set TODO_JWKS_URL, TODO_JWT_ISSUER and TODO_JWT_AUDIENCE, for tokens with public keys.",
      ...(folder === undefined
        ? []
        : [`Or write better-auth-secret-file, or jwks-url and the others, into ${folder}/config.json`]),
    ],
  });
}

/** The secret of a database, which is created at its first use and lies beside it, for its owner alone. */
export function readKeptSecret(io: Io, { path }: StoreFile): { readonly secret: string; readonly path: string } {
  if (path === ":memory:") throw new TodoError("usage", "a database in memory can't keep a secret");
  const place = `${path}.secret`;
  const secret = io.readOrCreateSecret(place, () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    return bytes.toBase64({ alphabet: "base64url" });
  });
  const issue = findSecretIssue(secret);
  if (issue === null) return { secret, path: place };
  throw new TodoError("usage", `the secret in ${place} ${issue}`, {
    hints: ["Remove it: a new one will be created."],
  });
}
