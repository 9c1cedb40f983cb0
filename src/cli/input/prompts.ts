import { TodoError } from "../../domain/errors.ts";
import type { Io } from "../platform/io.ts";

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

/** A new password, asked for twice if it is hidden. Throws `usage`. */
export function askNewPassword(io: Io): string {
  const password = askSecret(io, "New password (12 characters or more): ");
  if (!io.input.isTerminal() || askSecret(io, "The same again: ") === password) return password;
  throw new TodoError("usage", "the passwords do not match");
}

function requireLine(line: string | null, question: string, mayBeEmpty: boolean): string {
  const text = line?.replace(/\r$/, "") ?? "";
  if (text !== "" || mayBeEmpty) return text;
  const what = question.replace(/ ?[(:,].*$/, "").toLowerCase();
  throw new TodoError("usage", `there is no ${what} on standard input`);
}
