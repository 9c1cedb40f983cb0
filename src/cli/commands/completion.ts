import type { Command } from "commander";
import { TodoError } from "../../domain/errors.ts";
import { quoteShort } from "../../domain/task/text.ts";
import { SCRIPTS, SHELLS } from "../completion/scripts.ts";
import { type CommandContext, defineCommand } from "../context.ts";
import { printJson } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";

export function registerCompletion(program: Command, context: CommandContext): void {
  defineCommand(program, "completion", {
    quiet: "the script",
    summary: "print a script that completes words in bash, zsh or fish",
    examples: [
      'eval "$(todo completion bash)"    # in ~/.bashrc',
      "source <(todo completion zsh)      # in ~/.zshrc, after compinit",
      "todo completion fish > ~/.config/fish/completions/todo.fish",
    ],
  })
    .argument("[shell]", SHELLS.join(", "))
    .action((shell: string | undefined, flags: CommonFlags) => completion(context.start(flags), shell));
}

/** Prints the script for a shell. Throws `usage` for an unknown one. */
export function completion(invocation: Invocation, name: string | undefined): void {
  const shell = SHELLS.find((known) => known === name);
  if (shell === undefined) throw unknownShell(name);
  if (invocation.format === "json") return printJson(invocation, { shell, script: SCRIPTS[shell] });
  invocation.io.out.write(SCRIPTS[shell]);
}

function unknownShell(name: string | undefined): TodoError {
  const problem = name === undefined ? "which shell?" : `there is no completion for ${quoteShort(name)}`;
  return new TodoError("usage", problem, {
    hints: [`Use one of ${SHELLS.join(", ")}.`, "See how to set it up: todo completion --help"],
  });
}
