import { expect, test } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { useTerminals } from "../support/cli/terminal.ts";

const openTerminal = useTerminals();

const PATH = join(import.meta.dir, "../../docs/json.md");

/** A command line, and what it answers. */
const EXAMPLE = /```sh\ntodo ([^\n]+)\n```\n\n```json\n([\s\S]*?)```/g;

test("docs/json.md shows what the program prints, command by command", async () => {
  const text = readFileSync(PATH, "utf8");
  const terminal = openTerminal();
  // Each database makes an id of its own.
  const { device }: { device: string } = JSON.parse(await terminal.print("info", "--json"));
  let written = text;
  for (const [block, command = "", shown = ""] of text.matchAll(EXAMPLE)) {
    const { out, err } = await terminal.run(...command.split(" "));
    const printed: unknown = JSON.parse((out || err).replaceAll(device, "a1b2c3d4"));
    if (process.env["UPDATE_GOLDEN"] === "1") {
      written = written.replace(
        block,
        block.replace(shown, () => `${JSON.stringify(printed, null, 2)}\n`),
      );
    } else {
      // As text, because the order of members is a part of it.
      expect([command, JSON.stringify(JSON.parse(shown))]).toEqual([command, JSON.stringify(printed)]);
    }
  }
  if (written !== text) writeFileSync(PATH, written);
  expect([...text.matchAll(EXAMPLE)].length).toBeGreaterThan(5);
});
