import { type Command, CommanderError } from "commander";
import { TodoError } from "../domain/errors.ts";
import { EXIT_CODES } from "./exit-codes.ts";
import type { Io } from "./io.ts";
import { createProgram } from "./program.ts";
import { renderError, renderErrorJson, toTodoError } from "./render.ts";

/** Runs one command line (without the program's name) and answers the exit code. Everything that fails is said here. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { args, literal } = splitLiteral(argv);
  try {
    const program = createProgram(io, literal, args[0]);
    await program.parseAsync(withDefault(program, args), { from: "user" });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const known = error instanceof CommanderError ? fromCommander(error, args) : error;
    const failure = toTodoError(known, io.env["TODO_DEBUG"] === "1");
    const asJson = args.includes("--json") || args.includes("--ndjson");
    io.err.write(asJson ? renderErrorJson(failure) : renderError(failure));
    return EXIT_CODES[failure.code];
  }
}

/** What stands behind the first `--` is text, whatever it looks like. */
function splitLiteral(argv: readonly string[]): { readonly args: string[]; readonly literal: readonly string[] } {
  const end = argv.indexOf("--");
  return end === -1 ? { args: [...argv], literal: [] } : { args: argv.slice(0, end), literal: argv.slice(end + 1) };
}

/** `todo` alone lists. */
function withDefault(program: Command, args: string[]): string[] {
  const asked = ["-h", "--help", "-V", "--version"].some((flag) => args.includes(flag));
  return asked || program.parseOptions(args).operands.length > 0 ? args : ["list", ...args];
}

function fromCommander(error: CommanderError, args: readonly string[]): TodoError {
  const [problem = "", ...hints] = error.message.replace(/^error: /, "").split("\n");
  const option = error.code === "commander.unknownOption" && args[0] === "add";
  const literal = option ? ["A title that begins with - goes behind --: todo add -- -5 degrees"] : [];
  return new TodoError("usage", problem, {
    hints: [...hints.map((hint) => hint.replace(/^\((.*)\)$/, "$1")), ...literal, "See: todo --help"],
    cause: error,
  });
}
