import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";

/** A place where a person sits at a shell: a home, a work folder with one file, a database, and `todo` on the PATH. */
export type ShellSandbox = {
  readonly path: (...names: string[]) => string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs the program itself. Throws where it fails. */
  readonly todo: (...args: string[]) => string;
  /** What lies in the work folder: what nobody put there was made by something that ran. */
  readonly work: () => string[];
};

const MAIN = resolve(import.meta.dir, "../../../src/main.ts");

/** The only file of the work folder. */
export const WORK_FILE = "my file.json";

/** Names that do harm where a shell evaluates them. */
export const HOSTILE = {
  tag: "`touch${IFS}harm`",
  project: "$(touch harm)",
  quotes: `wow! it's "5$" \\o & ;x`,
} as const;

/** Makes a sandbox in an empty folder. Nothing outside of it is read or written. */
export function createShellSandbox(folder: string): ShellSandbox {
  const path = (...names: string[]) => join(folder, ...names);
  for (const name of ["bin", "work", "home", "data", "run"]) mkdirSync(path(name));
  writeFileSync(path("work", WORK_FILE), "");
  writeFileSync(path("bin/todo"), standIn(path("typed")));
  chmodSync(path("bin/todo"), 0o755);
  const env = {
    PATH: `${path("bin")}${delimiter}${process.env["PATH"] ?? ""}`,
    HOME: path("home"),
    XDG_CONFIG_HOME: path("home/config"),
    XDG_DATA_HOME: path("home/data"),
    XDG_RUNTIME_DIR: path("run"),
    TODO_DB: path("data/todo.db"),
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    TZ: "UTC",
    // fish 4 asks the terminal what it can do and waits for an answer, which nobody gives here.
    fish_features: "no-query-term",
  };
  const todo = (...args: string[]): string => {
    const { exitCode, stdout, stderr } = Bun.spawnSync([process.execPath, MAIN, ...args], { env, cwd: path("work") });
    if (exitCode !== 0) throw new Error(`todo ${args.join(" ")} ended with ${exitCode}: ${stderr.toString()}`);
    return stdout.toString();
  };
  return { path, env, todo, work: () => listVisible(path("work")) };
}

/** Some tasks, among them those of a hostile friend. */
export function furnish({ todo }: Pick<ShellSandbox, "todo">): void {
  todo("add", "Pay rent", "+home");
  todo("add", "Write the plan", "project:Side work", "+a:b", "+Küche");
  todo("add", "Read this", `+${HOSTILE.tag}`, `project:${HOSTILE.project}`);
  todo("add", "And this", `project:${HOSTILE.quotes}`);
}

/** Without hidden files: some versions of fish make one. */
function listVisible(folder: string): string[] {
  return readdirSync(folder).filter((name) => !name.startsWith("."));
}

/** A `todo` that completes as the real one does. Any other command only notes its arguments. */
function standIn(notes: string): string {
  return `#!/bin/sh
case $1 in
__complete | completion) exec '${process.execPath}' '${MAIN}' "$@" ;;
esac
for word; do printf '%s\\0' "$word"; done >> '${notes}'
printf '\\n' >> '${notes}'
`;
}
