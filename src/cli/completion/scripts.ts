import { TodoError } from "../../domain/errors.ts";
import { quoteShort } from "../../domain/task/text.ts";
import bash from "./todo.bash" with { type: "text" };
import fish from "./todo.fish" with { type: "text" };
import zsh from "./todo.zsh" with { type: "text" };

export const SHELLS = ["bash", "zsh", "fish"] as const;

export type Shell = (typeof SHELLS)[number];

/**
 * The completion script of each shell. They have no knowledge of their own: they call the hidden command `__complete`.
 */
export const SCRIPTS: Readonly<Record<Shell, string>> = { bash, zsh, fish };

/** The shell of this name. Throws `usage` for an unknown one. */
export function requireShell(name: string | undefined): Shell {
  const shell = SHELLS.find((known) => known === name);
  if (shell !== undefined) return shell;
  const problem = name === undefined ? "which shell?" : `there is no completion for ${quoteShort(name)}`;
  throw new TodoError("usage", problem, {
    hints: [`Use one of ${SHELLS.join(", ")}.`, "See how to set it up: todo completion --help"],
  });
}
