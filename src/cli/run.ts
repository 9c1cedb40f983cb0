import { type Command, CommanderError } from "commander";
import { TodoError, withHint } from "../domain/errors.ts";
import { OVERVIEW, readCommandLine, TAKE_TEXT, toCommanderArgs } from "./input/command-line.ts";
import { refuseDamagedArguments } from "./input/damaged-arguments.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import { missingArgument } from "./missing-argument.ts";
import type { Io, Sink } from "./platform/io.ts";
import { createProgram } from "./program.ts";
import { refuseUnknownCommand } from "./unknown-command.ts";
import { watchCommits } from "./watch-commits.ts";
import { hideSecrets } from "./output/hide-secrets.ts";
import { renderError, renderErrorJson, toTodoError } from "./output/render.ts";

/** If only the output is lost, such as on a full disk, a user would repeat the command and have the task twice. */
const SAVED = "The change itself is saved, so don't repeat the command. See: todo log --limit 1";

/** Runs one command line (without the program's name) and answers the exit code. It prints every error. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const line = readCommandLine(argv);
  const { args, literal } = line;
  const watched = watchCommits(io);
  let asked: Command | undefined;
  let program: Command | undefined;
  try {
    refuseDamagedArguments(argv, io);
    program = await createProgram(watched.io, literal, args[0] ?? OVERVIEW, (command) => (asked = command));
    await refuseUnknownCommand(program, args);
    await program.parseAsync(toCommanderArgs(program, line), { from: "user" }).catch(async (error: unknown) => {
      if (!(error instanceof CommanderError) || error.exitCode !== 0) throw error;
      if (asked) await writeHelp(asked, io.out);
    });
    return 0;
  } catch (error) {
    // With an error of Commander somebody named a group without a subcommand.
    const group = error instanceof CommanderError ? asked : undefined;
    const known = error instanceof CommanderError ? await fromCommander(error, args, { group, program }) : error;
    const problem = toTodoError(known, io.env["TODO_DEBUG"] === "1");
    const failure = watched.hasCommitted() ? withHint(problem, SAVED) : problem;
    const asJson = args.includes("--json") || args.includes("--ndjson");
    const columns = io.err.isTerminal() ? io.err.columns() : undefined;
    io.err.write(asJson ? renderErrorJson(failure) : renderError(failure, columns));
    if (group && !asJson) {
      io.err.write("\n");
      await writeHelp(group, io.err);
    }
    return EXIT_CODES[failure.code];
  }
}

async function writeHelp(command: Command, sink: Sink): Promise<void> {
  sink.write((await import("./help/format-help.ts")).formatHelp(command, sink));
}

/** What is known of a failed command line: the group that was named without a subcommand, and the program. */
type Parsed = { readonly group: Command | undefined; readonly program: Command | undefined };

async function fromCommander(
  error: CommanderError,
  args: readonly string[],
  { group, program }: Parsed,
): Promise<TodoError> {
  if (group) {
    const names = group.commands.map((command) => command.name());
    return new TodoError("usage", `todo ${group.name()} needs a subcommand`, {
      hints: [`Use one of ${names.join(", ")}.`],
    });
  }
  if (program && error.code === "commander.missingArgument") return missingArgument(program, args, error);
  const [problem = "", ...guesses] = hideSecrets(error.message.replace(/^error: /, "")).split("\n");
  const advice = error.code === "commander.unknownOption" ? await adviseOn(args, problem) : [];
  const hints = advice.length > 0 ? advice : guesses.map((guess) => guess.replace(/^\((.*)\)$/, "$1"));
  return new TodoError("usage", problem, { hints: [...hints, seeHelp(args)], cause: error });
}

async function adviseOn([first = ""]: readonly string[], problem: string): Promise<string[]> {
  if (first === "-v") return ["Did you mean --version?"];
  if (!TAKE_TEXT.has(first)) return [];
  const option = /'(.+)'/.exec(problem)?.[1] ?? "";
  return (await import("./input/options-elsewhere.ts")).adviseOnOption(first, option);
}

function seeHelp([first = ""]: readonly string[]): string {
  return first === "" || /^(-|__)/.test(first) ? "See: todo --help" : `See: todo ${first} --help`;
}
