import { hasCode, TodoError } from "../../domain/errors.ts";
import { escapeControls } from "../../domain/escape.ts";
import type { Io } from "../platform/io.ts";

/** How often a terminal asks for an answer that is not valid. */
export const MAX_TRIES = 3;

/** One line of standard input, after a question if it is a terminal. Throws `usage` if a required line is missing. */
export function askLine({ input, err }: Io, question: string, mayBeEmpty = false): string {
  if (input.isTerminal()) err.write(question);
  return requireLine(input.readLine(), question, mayBeEmpty);
}

/** The same for a secret, which is not shown. */
export function askSecret({ input, err }: Io, question: string): string {
  if (!input.isTerminal()) return requireLine(input.readLine(), question, false);
  const line = input.readHidden(() => err.write(question));
  err.write("\n");
  return requireLine(line, question, false);
}

/** A new password that passes a check, asked for twice if it is hidden. Throws `invalid_input`, and what the check throws. */
export function askNewPassword(io: Io, check: (password: string) => unknown): string {
  return askUntilValid(io, () => {
    const password = askSecret(io, "New password (12 characters or more): ");
    check(password);
    if (!io.input.isTerminal() || askSecret(io, "The same again: ") === password) return password;
    throw new TodoError("invalid_input", "the passwords do not match");
  });
}

/** A valid answer. On a terminal a wrong one is asked for again, a few times. Throws the last `invalid_input`. */
export function askUntilValid<Answer>({ input, err }: Io, ask: () => Answer): Answer {
  for (let tries = 1; ; tries += 1) {
    try {
      return ask();
    } catch (error) {
      if (!hasCode(error, "invalid_input") || !input.isTerminal() || tries === MAX_TRIES) throw error;
      const { message } = error;
      err.write(`${escapeControls(message.charAt(0).toUpperCase() + message.slice(1))}.\n`);
    }
  }
}

function requireLine(line: string | null, question: string, mayBeEmpty: boolean): string {
  const text = line?.replace(/\r$/, "") ?? "";
  if (text !== "" || mayBeEmpty) return text;
  const what = question.replace(/ ?[(:,].*$/, "").toLowerCase();
  // An empty line may be asked for again, the end of the input can't.
  throw new TodoError(line === null ? "usage" : "invalid_input", `there is no ${what} on standard input`);
}
