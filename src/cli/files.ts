import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { TodoError } from "../domain/errors.ts";

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
  const edited = decode(
    explaining(path, () => readFileSync(path)),
    path,
  );
  rmSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  return edited;
}

function decode(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    const hints = [`Your text is kept in ${path}`];
    throw new TodoError("invalid_input", "what the editor saved is not UTF-8 text", { hints, cause });
  }
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
    if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") throw error;
    throw new TodoError("io_failed", `${path}: ${REASONS[error.code] ?? error.code}`, { cause: error });
  }
}
