import { describe, expect, test } from "bun:test";
import { ON_A_TERMINAL, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

/** What a terminal would obey, apart from the end of a line. */
const OBEYED = /[^\P{Cc}\n]|[\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const HOSTILE = "\u001b[31m\u009b0m\u0007\u202e";

/** What a command may repeat in a note, an error or a suggestion. */
const WORDS = [
  HOSTILE,
  `x${HOSTILE}`,
  `+x${HOSTILE}`,
  `@x${HOSTILE}`,
  `tag:${HOSTILE}`,
  `titel:${HOSTILE}`,
  `prioritty:${HOSTILE}`,
  `priority:${HOSTILE}`,
  `due:${HOSTILE}`,
  `due.by:${HOSTILE}`,
  `due<${HOSTILE}`,
  `project:${HOSTILE}`,
  `not:${HOSTILE}`,
  `--sort=${HOSTILE}`,
  `--${HOSTILE}`,
];

const COMMANDS = [
  "add Milk",
  "edit wbb",
  "list",
  "today",
  "completed",
  "show",
  "done",
  "rm",
  "log",
  "config get",
  "help",
  "",
];

describe("a word with control characters", () => {
  test.each(COMMANDS)("behind `todo %s` is never obeyed by a terminal", async (command) => {
    for (const word of WORDS) {
      const terminal = openTerminal({ ...ON_A_TERMINAL, env: { NO_COLOR: "1" } });
      await terminal.add(`Pay rent x${HOSTILE}`);
      terminal.setup.stdin = "n\n";
      const { out, err } = await terminal.run(...command.split(" ").filter((part) => part !== ""), word);
      expect([word, OBEYED.exec(out + err)?.[0]]).toEqual([word, undefined]);
    }
  });
});
