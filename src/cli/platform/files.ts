import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { codeOf, TodoError } from "../../domain/errors.ts";

/** Creates a folder that only its owner can enter, with its parents. Throws `io_failed`. */
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

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "permission denied",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of the path is not a folder",
  EEXIST: "something else has that name",
  ENOSPC: "no space is left on the device",
  EROFS: "the disk is read-only",
};

/** Runs work that may fail with a system error. Throws `io_failed` with the path and the reason. */
export function explaining<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined || error instanceof TodoError) throw error;
    throw new TodoError("io_failed", `${path}: ${REASONS[code] ?? code}`, { cause: error });
  }
}
