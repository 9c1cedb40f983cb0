import { describe, expect, test } from "bun:test";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { keepText, makePrivateFolder, readBytes } from "../../../src/cli/platform/files.ts";
import { refusal } from "../../support/errors.ts";
import { useTemporaryFolder } from "../../support/disks/temporary-folder.ts";

const scratch = useTemporaryFolder();

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
