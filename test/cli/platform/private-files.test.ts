import { describe, expect, test } from "bun:test";
import { chmodSync, chownSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { readNamedSecret } from "../../../src/cli/platform/checked-files.ts";
import { readOrCreateSecret, readPrivateFile } from "../../../src/cli/platform/private-files.ts";
import { useScratch } from "../../support/disks/scratch.ts";
import { refusal } from "../../support/errors.ts";
import { openTerminal } from "../../support/cli/terminal.ts";

const scratch = useScratch();
const STRANGER = 4242;
const ME = 4243;

function writeFile(mode = 0o600): string {
  const path = scratch(crypto.randomUUID());
  writeFileSync(path, "secret\n");
  chmodSync(path, mode);
  return path;
}

/** A file whose owner is neither root nor `ME`. Only root can give a file away. */
function writeForeignFile(): { readonly path: string; readonly owner: number } {
  const path = writeFile();
  const owner = process.geteuid?.() ?? 0;
  if (owner !== 0) return { path, owner };
  chownSync(path, STRANGER, STRANGER);
  return { path, owner: STRANGER };
}

describe.each([
  ["a secret", (path: string, user?: number) => readOrCreateSecret(path, () => "new", user)],
  ["a file with tokens", readPrivateFile],
])("%s", (_, read) => {
  test("is read where it is its owner's alone", () => {
    expect(read(writeFile())?.trimEnd()).toBe("secret");
    expect(read(writeFile(0o400))?.trimEnd()).toBe("secret");
  });

  test("of another user is not believed, and the error says whose it is and what to type", () => {
    const { path, owner } = writeForeignFile();
    expect(refusal(() => read(path, ME))).toMatchObject({
      code: "io_failed",
      message: `${path}: it belongs to another user (uid ${owner})`,
      hints: [expect.stringContaining(`sudo chown ${ME} ${path}. Otherwise `)],
    });
    expect(read(path, owner)?.trimEnd()).toBe("secret");
  });

  test("behind a symbolic link is not believed, wherever the link leads", () => {
    for (const target of [writeFile(), scratch("nowhere")]) {
      const path = scratch(crypto.randomUUID());
      symlinkSync(target, path);
      expect(refusal(() => read(path))).toMatchObject({
        code: "io_failed",
        message: `${path}: it is a symbolic link`,
        hints: [`Remove it: rm ${path}`],
      });
    }
  });

  test.each([0o640, 0o604, 0o620, 0o602, 0o601])("of mode %o is not believed, and stays as it is", (mode) => {
    const path = writeFile(mode);
    expect(refusal(() => read(path))).toMatchObject({
      message: `${path}: others can read it, so it is not secret`,
      hints: [expect.stringContaining(`chmod 600 ${path}`)],
    });
    expect(readFileSync(path, "utf8")).toBe("secret\n");
  });

  test("is no folder and no pipe, and nobody waits for who writes into that", () => {
    const [folder, pipe] = [scratch(crypto.randomUUID()), scratch(crypto.randomUUID())];
    mkdirSync(folder);
    Bun.spawnSync(["mkfifo", "-m", "600", pipe]);
    for (const path of [folder, pipe]) {
      expect(refusal(() => read(path))).toMatchObject({
        message: `${path}: it is not a file`,
        hints: [`Move it away: mv ${path} ${path}.old`],
      });
    }
  });
});

describe("a file that BETTER_AUTH_SECRET_FILE names", () => {
  test("may be a link to one that others can read, as containers mount them", () => {
    const path = scratch(crypto.randomUUID());
    symlinkSync(writeFile(0o444), path);
    expect(new TextDecoder().decode(readNamedSecret(path))).toBe("secret\n");
  });

  test("is refused where another user could have written it, with what to type", () => {
    const { path, owner } = writeForeignFile();
    expect(refusal(() => readNamedSecret(path, ME))).toMatchObject({
      code: "usage",
      message: `${path}: it belongs to another user (uid ${owner})`,
      hints: [expect.stringContaining(`sudo chown ${ME} ${path}`)],
    });
    const open = writeFile(0o620);
    expect(refusal(() => readNamedSecret(open))).toMatchObject({
      code: "usage",
      message: `${open}: others can write it`,
      hints: [`If nobody else has written it: chmod go-w ${open}`],
    });
  });

  test("is named by the command that would sign with it", async () => {
    const path = writeFile(0o606);
    const terminal = openTerminal({ env: { BETTER_AUTH_SECRET_FILE: path } });
    expect(await terminal.run("auth", "token", "--local")).toEqual({
      code: 2,
      out: "",
      err: `todo: ${path}: others can write it\n  If nobody else has written it: chmod go-w ${path}\n`,
    });
    await terminal.close();
  });
});
