import type { Command } from "commander";
import { requireShell, SCRIPTS, SHELLS } from "../completion/scripts.ts";
import { type CommandContext, defineCommand, inGroup } from "../context.ts";
import { printJson } from "../output/print.ts";
import type { CommonFlags, Invocation } from "../invocation.ts";
import { registerCompletionInstall } from "./completion/install.ts";

export function registerCompletion(program: Command, context: CommandContext): void {
  const group = defineCommand(program, "completion", {
    quiet: "the script",
    summary: "set up Tab completion for bash, zsh or fish",
    without: ["db"],
    examples: [
      "todo completion install            # for the shell in $SHELL",
      'eval "$(todo completion bash)"     # in ~/.bashrc',
      "source <(todo completion zsh)      # in ~/.zshrc, after compinit",
      "todo completion fish > ~/.config/fish/completions/todo.fish",
    ],
  })
    .argument("[shell]", SHELLS.join(", "))
    .helpCommand(false)
    .action((shell: string | undefined, flags: CommonFlags) => completion(context.start(flags), shell));
  registerCompletionInstall(group, inGroup(group, context));
}

/** Prints the script for a shell. Throws `usage` for an unknown one. */
export function completion(invocation: Invocation, name: string | undefined): void {
  const shell = requireShell(name);
  if (invocation.format === "json") return printJson(invocation, { shell, script: SCRIPTS[shell] });
  invocation.io.out.write(SCRIPTS[shell]);
}
