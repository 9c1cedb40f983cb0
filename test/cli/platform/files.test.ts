import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { editText, keepText, makePrivateFolder, readBytes } from "../../../src/cli/platform/files.ts";
import { refusal } from "../../support/errors.ts";
import { useScratch } from "../../support/disks/scratch.ts";

const scratch = useScratch();
const before = process.env["TMPDIR"];

beforeEach(() => {
  process.env["TMPDIR"] = scratch(crypto.randomUUID());
  mkdirSync(process.env["TMPDIR"]);
});

afterEach(() => {
  if (before === undefined) delete process.env["TMPDIR"];
  else process.env["TMPDIR"] = before;
});

function leftOver(): string[] {
  return readdirSync(process.env["TMPDIR"] ?? "");
}

describe("the editor", () => {
  test("gets the text in a file with the given name and hands back what it saved", () => {
    const editor = `f() { printf 'more\\n' >> "$1"; basename "$1" >> "$1"; }; f`;
    expect(editText(editor, "todo-kqvz.txt", "title: Milk\n")).toBe("title: Milk\nmore\ntodo-kqvz.txt\n");
    expect(leftOver()).toEqual([]);
  });

  test("may be a command with arguments", () => {
    expect(editText("sed -i s/Milk/Bread/", "todo.txt", "Milk\n")).toBe("Bread\n");
  });

  test("that fails leaves the text where it says", () => {
    const { code, hints } = refusal(() => editText("false", "todo.txt", "my text"));
    expect(code).toBe("io_failed");
    const path = (hints[0] ?? "").replace("Your text is kept in ", "");
    expect(readFileSync(path, "utf8")).toBe("my text");
  });

  test("that saves another encoding is refused, and the text stays", () => {
    const editor = `f() { printf 'M\\374ll' > "$1"; }; f`;
    const { message, hints } = refusal(() => editText(editor, "todo.txt", "Müll"));
    expect(message).toBe("what the editor saved is not UTF-8 text");
    expect(existsSync((hints[0] ?? "").replace("Your text is kept in ", ""))).toBe(true);
  });

  test("that removes the file is an error with its path", () => {
    expect(refusal(() => editText("rm", "todo.txt", "x")).message).toContain("todo.txt: there is no such file");
  });
});

describe("what is kept", () => {
  test("can be read by its owner only, and never overwrites what was kept before", () => {
    const [one, two] = [keepText("a.txt", "one"), keepText("a.txt", "two")];
    expect([readFileSync(one, "utf8"), readFileSync(two, "utf8")]).toEqual(["one", "two"]);
    expect(statSync(one).mode & 0o777).toBe(0o600);
    expect(statSync(one.slice(0, -"/a.txt".length)).mode & 0o777).toBe(0o700);
  });

  test("says where it could not be kept", () => {
    process.env["TMPDIR"] = scratch("none");
    expect(refusal(() => keepText("a.txt", "x"))).toMatchObject({
      code: "io_failed",
      message: `${scratch("none")}: there is no such file`,
    });
  });
});

test("a folder for the data is made with those above it, for its owner only", () => {
  makePrivateFolder(scratch("data", "todo"));
  makePrivateFolder(scratch("data", "todo"));
  expect(statSync(scratch("data", "todo")).mode & 0o777).toBe(0o700);
  writeFileSync(scratch("data", "file"), "");
  expect(refusal(() => makePrivateFolder(scratch("data", "file", "todo"))).message).toContain(
    "a part of the path is not a folder",
  );
});

test("a file that can't be read is named with the reason", () => {
  expect(refusal(() => readBytes(scratch()))).toMatchObject({
    code: "io_failed",
    message: `${scratch()}: it is a folder`,
  });
});
