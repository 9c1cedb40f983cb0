import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { placeFile } from "../../src/disk/place-file.ts";
import { useScratch } from "../support/disks/scratch.ts";

const scratch = useScratch();

/** What the system's `link` does where there are no hard links. */
function failLink(code: string) {
  return (): never => {
    throw Object.assign(new Error(code), { code });
  };
}

describe.each(["EPERM", "EACCES", "EOPNOTSUPP", "ENOTSUP", "ENOSYS"])("where link() answers %s, a new file", (code) => {
  test("gets its name as a whole", () => {
    const [draft, path] = [scratch(`${code}.draft`), scratch(`${code}.db`)];
    writeFileSync(draft, "whole");
    expect(placeFile(draft, path, failLink(code))).toBe(true);
    expect([readFileSync(path, "utf8"), existsSync(draft), existsSync(`${path}.lock`)]).toEqual([
      "whole",
      false,
      false,
    ]);
  });

  test("never takes the name of another", () => {
    const [draft, path] = [scratch(`${code}.late`), scratch(`${code}.taken`)];
    writeFileSync(draft, "late");
    writeFileSync(path, "first");
    expect(placeFile(draft, path, failLink(code))).toBe(false);
    expect([readFileSync(path, "utf8"), readFileSync(draft, "utf8")]).toEqual(["first", "late"]);
  });

  test("never takes the place of a link, wherever that leads", () => {
    const [draft, path] = [scratch(`${code}.third`), scratch(`${code}.link`)];
    writeFileSync(draft, "third");
    symlinkSync("nowhere", path);
    expect(placeFile(draft, path, failLink(code))).toBe(false);
  });
});

test("another failure of link() is one", () => {
  const draft = scratch("draft");
  writeFileSync(draft, "");
  expect(() => placeFile(draft, scratch("never"), failLink("EIO"))).toThrow("EIO");
  expect(existsSync(scratch("never"))).toBe(false);
});
