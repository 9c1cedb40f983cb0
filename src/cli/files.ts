import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { codeOf, TodoError } from "../domain/errors.ts";
import { decodeUtf8 } from "../domain/text.ts";

/** Makes a folder that only its owner can enter, with those above it. Throws `io_failed`. */
export function makePrivateFolder(path: string): void {
  explaining(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }));
}

/** A file's bytes. Throws `io_failed` with the path and the reason. */
export function readBytes(path: string): Uint8Array {
  return explaining(path, () => readFileSync(path));
}

/** Writes a text to a new file in a folder of its own that only its owner can read, and answers the path. */
export function keepText(name: string, text: string): string {
  const folder = process.env["TMPDIR"] || "/tmp";
  return explaining(folder, () => {
    const path = `${mkdtempSync(`${folder}/todo-`)}/${name}`;
    writeFileSync(path, text, { mode: 0o600, flag: "wx" });
    return path;
  });
}

/**
 * The text of a file that only its owner can read, without its last line break. Where there is none it is made, whole or not at
 * all, and of two that make it at once one wins. Throws `io_failed`, also where others can read it.
 */
export function keepSecret(path: string, make: () => string): string {
  const { mode, text } = explaining(path, () => {
    if (!statSync(path, { throwIfNoEntry: false })) writeOnce(path, `${make()}\n`);
    return { mode: statSync(path).mode, text: readFileSync(path, "utf8") };
  });
  if ((mode & 0o077) === 0) return text.trimEnd();
  throw new TodoError("io_failed", `${path}: others can read it, so it is no secret`, {
    hints: [`If nobody else has read it: chmod 600 ${path}. Otherwise remove it, and a new one is made.`],
  });
}

function writeOnce(path: string, text: string): void {
  const draft = `${path}.${crypto.randomUUID()}`;
  const descriptor = openSync(draft, "wx", 0o600);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
    linkSync(draft, path);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
  } finally {
    closeSync(descriptor);
    rmSync(draft);
  }
}

/** Opens an editor on a text and answers what was saved. The editor may be a command with arguments (`code --wait`). */
export function editText(editor: string, name: string, text: string): string {
  const path = keepText(name, text);
  const { exitCode } = Bun.spawnSync(["/bin/sh", "-c", `${editor} "$1"`, "todo", path], {
    stdin: "inherit",
    stdout: "inherit",
    stderr: "inherit",
  });
  if (exitCode !== 0) {
    throw new TodoError("io_failed", `the editor (${editor}) failed`, { hints: [`Your text is kept in ${path}`] });
  }
  const bytes = explaining(path, () => readFileSync(path));
  const edited = decodeUtf8("what the editor saved", bytes, [`Your text is kept in ${path}`]);
  rmSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  return edited;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you are not allowed to",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is not a folder",
  EEXIST: "something else has that name",
  ENOSPC: "no space is left on the device",
  EROFS: "the disk is read-only",
};

function explaining<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new TodoError("io_failed", `${path}: ${REASONS[code] ?? code}`, { cause: error });
  }
}
