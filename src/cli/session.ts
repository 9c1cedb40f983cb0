import { TodoError } from "../domain/errors.ts";
import type { StoreFile } from "../domain/store.ts";
import { LOCAL_USER, type Workspace } from "../services/workspace.ts";
import type { Io } from "./io.ts";
import { createPaint, type Paint, wantsColour } from "./paint.ts";

/** The flags that every command takes. */
export type CommonFlags = {
  readonly db?: string;
  readonly json?: boolean;
  readonly ndjson?: boolean;
  readonly quiet?: boolean;
  readonly color?: boolean;
};

/** What results are printed as. */
export type Format = "text" | "json" | "ndjson" | "quiet";

/** What a command works with: the machine, the flags, and the database, which is opened at first use. */
export type Session = {
  readonly io: Io;
  readonly format: Format;
  readonly paint: Paint;
  /** The words behind `--`. */
  readonly literal: readonly string[];
  readonly workspace: () => Promise<Workspace>;
  readonly file: () => Promise<StoreFile>;
};

export function createSession(io: Io, flags: CommonFlags, literal: readonly string[]): Session {
  // A script whose variable is not set must not write to the user's own tasks.
  if (flags.db === "") throw new TodoError("usage", "--db is given an empty path");
  const path = flags.db ?? io.env["TODO_DB"];
  let opened: ReturnType<Io["openStore"]> | undefined;
  const open = () => (opened ??= io.openStore(path || prepareDefaultPath(io)));
  return {
    io,
    format: readFormat(flags),
    paint: createPaint(wantsColour(io.out, io.env, flags.color ?? true)),
    literal,
    workspace: async () => ({ store: (await open()).store, user: LOCAL_USER, around: io.around }),
    file: async () => (await open()).file,
  };
}

function readFormat({ json, ndjson, quiet }: CommonFlags): Format {
  const chosen = [json && "json", ndjson && "ndjson", quiet && "quiet"].filter(Boolean);
  if (chosen.length > 1) throw new TodoError("usage", `--${chosen.join(" and --")} exclude each other`);
  if (json) return "json";
  if (ndjson) return "ndjson";
  return quiet ? "quiet" : "text";
}

/** Where the database is or will be, undefined where nothing says so. Makes nothing. */
export function findDatabase({ env }: Io, flag: string | undefined): string | undefined {
  return (flag ?? env["TODO_DB"]) || defaultPath(env);
}

function prepareDefaultPath(io: Io): string {
  const path = defaultPath(io.env);
  if (path === undefined) {
    throw new TodoError("usage", "neither HOME nor XDG_DATA_HOME says where your data is", {
      hints: ["Give a file with --db or TODO_DB."],
    });
  }
  io.makePrivateFolder(path.slice(0, path.lastIndexOf("/")));
  return path;
}

/** In the XDG data folder (https://specifications.freedesktop.org/basedir-spec), which must be absolute to count. */
function defaultPath({ XDG_DATA_HOME: data, HOME: home }: Io["env"]): string | undefined {
  const base = data?.startsWith("/") ? data : home && `${home}/.local/share`;
  return base ? `${base}/todo/todo.db` : undefined;
}
