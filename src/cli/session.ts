import { type DatabaseFile, isDatabaseUrl } from "../ports/database.ts";
import { TodoError } from "../domain/errors.ts";
import type { StoreFile } from "../ports/store.ts";
import { LOCAL_USER, type Workspace } from "../services/workspace.ts";
import { prepareDefaultDatabase } from "./config/database-path.ts";
import { refuseOtherUrl } from "./config/database-url.ts";
import type { Io } from "./platform/io.ts";
import { createPaint, type Paint, wantsColour } from "./output/paint.ts";

/** The flags that every command takes. */
export type CommonFlags = {
  readonly db?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
};

/** Those of commands that ask a server. */
export type ServerFlags = CommonFlags & { readonly server?: string };

/** What results are printed as. */
export type Format = "text" | "json" | "ndjson" | "quiet";

/** Where the tasks are: in a file, or in a database on a server. */
type Place =
  | {
      readonly file: () => Promise<StoreFile>;
      readonly opened: () => Promise<DatabaseFile>;
      /** The same where it was opened by now. */
      readonly used: () => Promise<DatabaseFile> | undefined;
      readonly url: undefined;
    }
  | { readonly file: undefined; readonly opened: undefined; readonly used: undefined; readonly url: string };

/** What a command works with: the machine, the flags, and the database, which is opened at first use. */
export type Session = Place & {
  readonly io: Io;
  readonly format: Format;
  readonly paint: Paint;
  /** The words behind `--`. */
  readonly literal: readonly string[];
  /** The value of `--db`. */
  readonly db: string | undefined;
  /** The tasks of the user. On a server it throws `unauthorized` or `usage` where nobody says who that is. */
  readonly workspace: () => Promise<Workspace>;
};

export function createSession(io: Io, flags: CommonFlags, literal: readonly string[]): Session {
  // A script whose variable is not set must not write to the user's own tasks.
  if (flags.db === "") throw new TodoError("usage", "--db is given an empty path");
  const path = flags.db ?? io.env["TODO_DB"];
  return {
    io,
    format: readFormat(flags),
    paint: createPaint(wantsColour(io.out, io.env, flags.color ?? true)),
    literal,
    db: flags.db,
    ...(path !== undefined && isDatabaseUrl(path) ? createRemote(io, path) : createLocal(io, path)),
  };
}

function createLocal(io: Io, path: string | undefined) {
  if (path) refuseOtherUrl(path);
  let opened: ReturnType<Io["openStore"]> | undefined;
  const open = () => (opened ??= io.openStore(path || prepareDefaultDatabase(io)));
  return {
    url: undefined,
    workspace: async () => ({ store: (await open()).store, user: LOCAL_USER, around: io.around }),
    file: async () => (await open()).file,
    opened: open,
    used: () => opened,
  };
}

function createRemote(io: Io, url: string) {
  let entered: Promise<Workspace> | undefined;
  const enter = async () => (await (await import("./auth/remote.ts")).enterDatabase(io, url)).workspace;
  return {
    url,
    workspace: () => (entered ??= enter()),
    file: undefined,
    opened: undefined,
    used: undefined,
  };
}

function readFormat({ json, ndjson, quiet }: CommonFlags): Format {
  const chosen = [json && "json", ndjson && "ndjson", quiet && "quiet"].filter(Boolean);
  if (chosen.length > 1) throw new TodoError("usage", `--${chosen.join(" and --")} exclude each other`);
  if (json) return "json";
  if (ndjson) return "ndjson";
  return quiet ? "quiet" : "text";
}
