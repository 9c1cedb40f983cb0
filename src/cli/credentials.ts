import { TodoError } from "../domain/errors.ts";
import { type JsonObject, readJsonObject } from "../services/tokens/strict-json.ts";
import { configFolder } from "./config.ts";
import type { Io } from "./io.ts";

/** The tokens of a user by origin. What else an entry has, a later version wrote. */
type Credentials = Readonly<Record<string, JsonObject>>;

/** Where tokens are kept. Throws `usage` where nothing says where that is. */
export function credentialsPath({ env }: Io): string {
  const folder = configFolder(env);
  if (folder !== undefined) return `${folder}/credentials.json`;
  throw new TodoError("usage", "neither HOME nor XDG_CONFIG_HOME says where your tokens are", {
    hints: ["Set one of them, or give the token with TODO_TOKEN."],
  });
}

/** The token that is kept for an origin. Throws `io_failed`, and `unauthorized` where the file is not what was written there. */
export function findCredential(io: Io, origin: string): string | undefined {
  const path = credentialsPath(io);
  const token = (parse(io.readPrivate(path)) ?? refuseCorrupt(path))[origin]?.["token"];
  return typeof token === "string" ? token : undefined;
}

/** Keeps a token for an origin. Where the file is not what was written there, a copy of it stays, whose path is answered. */
export function keepCredential(io: Io, origin: string, token: string): string | undefined {
  const path = credentialsPath(io);
  let aside: string | undefined;
  io.makePrivateFolder(path.slice(0, path.lastIndexOf("/")));
  io.changePrivate(path, (text) => {
    const credentials = parse(text);
    if (!credentials) aside = io.setAside(path);
    return format({ ...credentials, [origin]: { ...credentials?.[origin], token } });
  });
  return aside;
}

/** Forgets the token of an origin and answers whether there was one. Throws as `findCredential` does. */
export function forgetCredential(io: Io, origin: string): boolean {
  if (findCredential(io, origin) === undefined) return false;
  const path = credentialsPath(io);
  io.changePrivate(path, (text) => {
    const { [origin]: _, ...others } = parse(text) ?? refuseCorrupt(path);
    return format(others);
  });
  return true;
}

/** Nothing where there is no file, null for a text that was not written here. */
function parse(text: string | null): Credentials | null {
  if (text === null) return {};
  const found = readJsonObject(new TextEncoder().encode(text));
  return found && isCredentials(found) ? found : null;
}

function isCredentials(found: JsonObject): found is Credentials {
  return Object.values(found).every(
    (entry) => typeof entry === "object" && entry !== null && "token" in entry && typeof entry.token === "string",
  );
}

function format(credentials: Credentials): string {
  return `${JSON.stringify(credentials, null, 2)}\n`;
}

function refuseCorrupt(path: string): never {
  throw new TodoError("unauthorized", `${path}: this is not what todo login writes`, {
    hints: ["Log in anew, which keeps a copy of it: todo login --token -"],
  });
}
