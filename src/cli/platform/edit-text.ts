import { readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { TodoError } from "../../domain/errors.ts";
import { decodeUtf8 } from "../../domain/task/text.ts";
import { explaining, keepText } from "./files.ts";
import type { EditedText } from "./io.ts";

/** An editor that ends sooner than this, without a change, may have left its window open. */
const MIN_EDITING_MS = 1_000;

/** The shell waits for the editor after these, too. A trap is reset for what the shell starts, so the editor gets them. */
const SHELL_TRAP = "trap : INT QUIT";

const KEYBOARD_SIGNALS = ["SIGINT", "SIGQUIT"] as const;

/** Opens an editor on a text and answers what it saved. The editor may be a command with arguments (`code --wait`). */
export function editText(editor: string, name: string, text: string, now: () => number): EditedText {
  const path = keepText(name, text);
  const start = now();
  const exitCode = runInTerminal(`${SHELL_TRAP}\n${editor} "$1"`, path);
  const wasShort = now() - start < MIN_EDITING_MS;
  const hints = [`Your text is kept in ${path}`];
  if (exitCode !== 0) throw new TodoError("io_failed", `the editor (${editor}) failed`, { hints });
  const bytes = explaining(path, () => readFileSync(path));
  const edited = decodeUtf8("what the editor saved", bytes, hints);
  if (wasShort && edited === text) return { text, keptIn: path };
  rmSync(dirname(path), { recursive: true });
  return { text: edited, keptIn: null };
}

/**
 * Runs a script of the shell on the terminal. Ctrl-C and Ctrl-\ are for what runs there, as in git: if this process died of
 * them, it would leave the editor behind and lose the text.
 */
function runInTerminal(script: string, path: string): number | null {
  const ignore = () => undefined;
  for (const signal of KEYBOARD_SIGNALS) process.on(signal, ignore);
  try {
    const streams = { stdin: "inherit", stdout: "inherit", stderr: "inherit" } as const;
    return Bun.spawnSync(["/bin/sh", "-c", script, "todo", path], streams).exitCode;
  } finally {
    for (const signal of KEYBOARD_SIGNALS) process.off(signal, ignore);
  }
}
