import { isDatabaseUrl } from "../domain/database-url.ts";
import { TodoError } from "../domain/errors.ts";
import { quoteShort } from "../domain/task/text.ts";
import { LOCAL_USER, type Workspace } from "../services/workspace.ts";
import { findDatabase, prepareDefaultDatabase } from "./config/database-path.ts";
import { refuseOtherUrl } from "./config/database-url.ts";
import type { FilePlace } from "./config/place.ts";
import type { CommonFlags, Invocation } from "./invocation.ts";
import type { Format } from "./output/output.ts";
import { COLOUR_CHOICES, type ColourChoice, createPaint, wantsColour } from "./output/paint.ts";
import type { Io } from "./platform/io.ts";

/**
 * The invocation of a command. Opens nothing yet. Throws `usage` for conflicting flags and for a URL of another kind.
 */
export function createInvocation(io: Io, flags: CommonFlags, literal: readonly string[]): Invocation {
  // A script with an unset variable must not write to the user's own tasks.
  if (flags.db === "") throw new TodoError("usage", "--db is given an empty path");
  const path = flags.db ?? io.env["TODO_DB"];
  const isDryRun = flags.dryRun ?? false;
  const { place, workspace } =
    path !== undefined && isDatabaseUrl(path) ? onServer(io, path) : inFile(io, path, isDryRun);
  return {
    io,
    format: readFormat(flags),
    paint: createPaint(wantsColour(io.out, io.env, readColourChoice(flags.color))),
    literal,
    usesContext: flags.context ?? true,
    db: flags.db,
    isDryRun,
    place,
    workspace: isDryRun ? async () => preview(await workspace()) : workspace,
  };
}

async function preview(workspace: Workspace): Promise<Workspace> {
  return (await import("../services/tasks/dry-run.ts")).withoutWrites(workspace);
}

function inFile(io: Io, path: string | undefined, isDryRun: boolean): Pick<Invocation, "place" | "workspace"> {
  if (path) refuseOtherUrl(path);
  let opened: ReturnType<Io["openStore"]> | undefined;
  const find = () => (isDryRun ? findForDryRun(io, path) : path || prepareDefaultDatabase(io));
  const open: FilePlace["open"] = (options) => (opened ??= io.openStore(find(), options));
  return {
    place: { kind: "file", open, opened: () => opened },
    workspace: async () => ({ store: (await open()).store, user: LOCAL_USER, system: io.system }),
  };
}

/** A file that is not there yet is not made: an empty database has the same tasks. */
function findForDryRun(io: Io, path: string | undefined): string {
  const found = findDatabase(io, path);
  return found !== undefined && io.fileExists(found) ? found : ":memory:";
}

function onServer(io: Io, url: string): Pick<Invocation, "place" | "workspace"> {
  let entered: Promise<Workspace> | undefined;
  const enter = async () => (await (await import("./auth/remote.ts")).enterDatabase(io, url)).workspace;
  return { place: { kind: "server", url }, workspace: () => (entered ??= enter()) };
}

function readColourChoice(flag: CommonFlags["color"] = "auto"): ColourChoice {
  const choice = flag === false ? "never" : COLOUR_CHOICES.find((known) => known === flag);
  if (choice !== undefined) return choice;
  throw new TodoError("usage", `--color takes ${COLOUR_CHOICES.join(", ")}, not ${quoteShort(String(flag))}`);
}

function readFormat({ json, ndjson, quiet, template }: CommonFlags): Format {
  const asked = { json, ndjson, quiet, template: template !== undefined };
  const chosen = (["json", "ndjson", "quiet", "template"] as const).filter((format) => asked[format]);
  if (chosen.length > 1) throw new TodoError("usage", `--${chosen.join(" and --")} exclude each other`);
  return chosen[0] ?? "text";
}
