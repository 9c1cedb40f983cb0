import { describe, expect, test } from "bun:test";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { editText } from "../../../src/cli/platform/edit-text.ts";
import { refusal } from "../../support/errors.ts";
import { useTemporaryFolder } from "../../support/disks/temporary-folder.ts";

useTemporaryFolder();

function leftOver(): string[] {
  return readdirSync(process.env["TMPDIR"] ?? "");
}

/** Edits a text for so long by the clock of the machine. */
function edit(editor: string, text: string, lastsMs = 60_000) {
  const times = [0, lastsMs];
  return editText(editor, "todo-kqvz.txt", text, () => times.shift() ?? 0);
}

describe("an editor", () => {
  test("gets the text in a file with the given name and hands back what it saved", () => {
    const editor = `f() { printf 'more\\n' >> "$1"; basename "$1" >> "$1"; }; f`;
    expect(edit(editor, "title: Milk\n")).toEqual({ text: "title: Milk\nmore\ntodo-kqvz.txt\n", keptIn: null });
    expect(leftOver()).toEqual([]);
  });

  test("may be a command with arguments", () => {
    expect(edit("sed -i s/Milk/Bread/", "Milk\n")).toEqual({ text: "Bread\n", keptIn: null });
  });

  test("that ends within a second and changes nothing may still be open, so its file stays", () => {
    const { text, keptIn } = edit("true", "Milk\n", 999);
    expect([text, readFileSync(keptIn ?? "", "utf8")]).toEqual(["Milk\n", "Milk\n"]);
  });

  test("that has changed something, or took a second, leaves no file", () => {
    expect(edit("sed -i s/Milk/Bread/", "Milk\n", 0).keptIn).toBeNull();
    expect(edit("true", "Milk\n", 1000).keptIn).toBeNull();
    expect(leftOver()).toEqual([]);
  });

  test("that fails leaves the text where it says", () => {
    const { code, hints } = refusal(() => edit("false", "my text"));
    expect(code).toBe("io_failed");
    const path = (hints[0] ?? "").replace("Your text is kept in ", "");
    expect(readFileSync(path, "utf8")).toBe("my text");
  });

  test("that saves another encoding is refused, and the text stays", () => {
    const editor = `f() { printf 'M\\374ll' > "$1"; }; f`;
    const { message, hints } = refusal(() => edit(editor, "Müll"));
    expect(message).toBe("what the editor saved is not UTF-8 text");
    expect(existsSync((hints[0] ?? "").replace("Your text is kept in ", ""))).toBe(true);
  });

  test("that removes the file is an error with its path", () => {
    expect(refusal(() => edit("rm", "x")).message).toContain("todo-kqvz.txt: there is no such file");
  });
});
