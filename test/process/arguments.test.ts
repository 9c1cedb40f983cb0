import { expect, test } from "bun:test";
import { only } from "../support/stores/test-user.ts";
import { useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

test("an argument that is not UTF-8 is refused by its number, and nothing is saved", async () => {
  const home = newHome();
  const { exitCode, out, err } = await home.shell(String.raw`todo add Milk '' $'Caf\xe9'`);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: "" });
  expect(err).toBe("todo: argument 4 is not UTF-8 text\n  Use a terminal in UTF-8, or convert the text with iconv.\n");
  expect(await home.tasks()).toEqual([]);
});

test("the character that stands for such bytes is taken when it is typed", async () => {
  const home = newHome();
  await home.print("add", "What is \ufffd?");
  expect(only(await home.tasks()).title).toBe("What is \ufffd?");
});
