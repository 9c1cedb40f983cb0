import { expect, test } from "bun:test";
import { useTerminals } from "../../support/cli/terminal.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const openTerminal = useTerminals();
const scratch = useScratch();
const FOLDER = "\u001b[2J\u009b\u202e";

test.each(["info", "info --json", "info --quiet", "doctor", "doctor --json", "backup", "backup --json"])(
  "a path with control characters reaches no terminal: todo %s",
  async (line) => {
    const terminal = openTerminal({ env: { TODO_DB: scratch(`${FOLDER}.db`) } });
    const target = line.startsWith("backup") ? [scratch(`${FOLDER}${line}`)] : [];
    const printed = await terminal.print(...line.split(" "), ...target);
    expect(printed).toContain(line.endsWith("--json") ? "\\u009b" : "\\u{9b}");
    expect(printed).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  },
);
