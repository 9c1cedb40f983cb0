import { expect, test } from "bun:test";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

test.each([
  ["tags", "1  shop\n", '{"name":"shop","count":1}\n'],
  ["projects", "1  Home\n", '{"name":"Home","count":1}\n'],
])("`todo %s list` prints what the bare command prints, with flags on either side", async (name, text, line) => {
  const terminal = openTerminal();
  await terminal.print("add", "Milk", "+shop", "project:Home");
  expect(await terminal.print(name)).toBe(text);
  expect(await terminal.print(name, "list")).toBe(text);
  for (const words of [
    [name, "--ndjson"],
    [name, "--ndjson", "list"],
    [name, "list", "--ndjson"],
  ]) {
    expect(await terminal.print(...words)).toBe(line);
  }
  expect((await terminal.run(name, "lists")).err).toContain("unknown command 'lists'\n  Did you mean list?");
});
