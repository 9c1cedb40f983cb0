import { TodoError } from "../../domain/errors.ts";
import { findXdgFolder } from "../config/xdg.ts";
import { quoteForShell } from "../output/quote-for-shell.ts";
import type { Io } from "../platform/io.ts";
import type { Shell } from "./scripts.ts";

type InstallPlace = {
  readonly path: string;
  /** What the user still has to do, and a line of the shell for it. */
  readonly step?: { readonly text: string; readonly line: string };
};

/**
 * The file in which a shell looks for a user's own completion of `todo`. Throws `usage` if the environment names no
 * folder for it.
 */
export function findInstallPlace(env: Io["env"], shell: Shell): InstallPlace {
  switch (shell) {
    case "bash": {
      const folder = env["BASH_COMPLETION_USER_DIR"] || `${requireFolder(env, "data")}/bash-completion`;
      const path = `${folder}/completions/todo`;
      const text = "If Tab does nothing in a new shell, bash-completion is not installed. Add this line to ~/.bashrc:";
      return { path, step: { text, line: `source ${quoteForShell(path)}` } };
    }
    case "zsh": {
      const folder = `${requireFolder(env, "data")}/zsh/site-functions`;
      const text = "Add this line to ~/.zshrc, before compinit or Oh My Zsh:";
      return { path: `${folder}/_todo`, step: { text, line: `fpath=(${quoteForShell(folder)} $fpath)` } };
    }
    case "fish":
      return { path: `${requireFolder(env, "config")}/fish/completions/todo.fish` };
  }
}

function requireFolder(env: Io["env"], kind: "config" | "data"): string {
  const folder = findXdgFolder(env, kind);
  if (folder) return folder;
  throw new TodoError("usage", "HOME does not say where the files of your shell are", {
    hints: ["Set it, or write the script into a file: todo completion --help"],
  });
}
