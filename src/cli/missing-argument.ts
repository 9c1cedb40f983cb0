import type { Command, CommanderError } from "commander";
import { TodoError } from "../domain/errors.ts";

/** Where the tasks of a command are, if not among the open ones. */
const LISTS: Readonly<Record<string, string>> = { reopen: "todo completed", restore: "todo list status:deleted" };

/** The error for a command without what it works on, with an example. */
export function missingArgument(program: Command, args: readonly string[], error: CommanderError): TodoError {
  const command = findNamed(program, args);
  const path = pathOf(command);
  const argument = /'(.+)'/.exec(error.message)?.[1] ?? "word";
  const what = argument === "ref" ? "task" : argument;
  const examples = (command.facts?.examples ?? []).slice(0, 1).map((example) => `Such as: ${example}`);
  const handles = what === "task" ? [`See the handles with: ${LISTS[command.name()] ?? "todo list"}`] : [];
  return new TodoError("usage", `${path} needs ${/^[aeiou]/.test(what) ? "an" : "a"} ${what}`, {
    hints: [...examples, ...handles, `See: ${path} --help`],
    cause: error,
  });
}

/** The command that the first words name. */
function findNamed(group: Command, args: readonly string[]): Command {
  const [first = "", ...rest] = args.filter((arg) => !arg.startsWith("-"));
  const command = group.commands.find((one) => one.name() === first || one.aliases().includes(first));
  return command ? findNamed(command, rest) : group;
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
