import { expect, test } from "bun:test";
import { createProgram } from "../../../src/cli/program.ts";
import { TAKE_TEXT } from "../../../src/cli/input/command-line.ts";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const TEXTS = new Set(["filter", "words", "text"]);

const program = await createProgram(openTerminal().io, [], undefined);
/** The words of help are names. */
const commands = program.commands.filter(
  (command) => command.name() !== "help" && command.registeredArguments.some((argument) => TEXTS.has(argument.name())),
);

test("commands that take text or filters are those that are known here", () => {
  expect(commands.map((command) => command.name())).toContain("tree");
});

test.each(commands.map((command) => command.name()))("todo %s takes what is behind -- as text", (name) => {
  expect(TAKE_TEXT).toContain(name);
});

test("a tree is filtered by a text that looks like a term", async () => {
  const terminal = openTerminal();
  await terminal.add("--", "due:friday or so");
  await terminal.add("Milk", "due:friday");
  expect(await terminal.print("tree", "--", "due:friday")).toMatch(/^\w+ {2}due:friday or so\n$/);
});
