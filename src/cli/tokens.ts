import { TodoError } from "../domain/errors.ts";
import { decodeUtf8 } from "../domain/text.ts";
import { flawOf } from "../services/tokens/secrets.ts";
import { readTokenSettings, type TokenSettings } from "../services/tokens/settings.ts";
import type { Session } from "./session.ts";

/** What tokens are made and checked with, and whether the environment says nothing of it. Throws `usage` for what is unsafe. */
export function readTokens({ io }: Session): TokenSettings & { readonly isBare: boolean } {
  const settings = readTokenSettings(io.env, (path) => decodeUtf8(path, io.readFile(path)));
  return { ...settings, isBare: settings.secrets.length === 0 && settings.keySetUrl === null };
}

/** The same with the secret of this database, which is made at its first use and lies beside it. */
export async function addLocalSecret(session: Session, settings: TokenSettings): Promise<TokenSettings> {
  const { path } = await session.file();
  if (path === ":memory:") throw new TodoError("usage", "a database in memory has no place for a secret");
  const secret = session.io.keepSecret(`${path}.secret`, () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    return bytes.toBase64({ alphabet: "base64url" });
  });
  const flaw = flawOf(secret);
  if (flaw === null) return { ...settings, secrets: [secret] };
  throw new TodoError("usage", `the secret in ${path}.secret ${flaw}`, {
    hints: ["Remove it, and a new one is made."],
  });
}
