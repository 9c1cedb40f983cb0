import { lstatSync, readFileSync, realpathSync, renameSync, statSync } from "node:fs";
import { TodoError } from "../../domain/errors.ts";
import { explaining } from "./files.ts";
import { withFileLockSync } from "../../disk/file-lock.ts";
import { writeFileAtomically } from "./private-files.ts";

const NEW_MODE = 0o600;

/**
 * Replaces the text of a file with the result of `change`, which gets its bytes, or null if there is no file. The file
 * is replaced as a whole or not at all, and keeps its mode. If the result is null, it stays as it is. A symbolic link
 * stays, and its target is replaced. Concurrent processes take turns. Throws `io_failed`.
 */
export function changeFile(path: string, change: (bytes: Uint8Array | null) => string | null): void {
  explaining(path, () => {
    const target = followLink(path);
    withFileLockSync(target, () => {
      const found = statSync(target, { throwIfNoEntry: false });
      const text = change(found ? readFileSync(target) : null);
      if (text !== null) writeFileAtomically(target, text, renameSync, found ? found.mode & 0o777 : NEW_MODE);
    });
  });
}

/** The target of a symbolic link, which people put into a folder of their own. */
function followLink(path: string): string {
  const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
  if (!isLink) return path;
  if (statSync(path, { throwIfNoEntry: false })) return realpathSync(path);
  throw new TodoError("io_failed", `${path}: it is a symbolic link to a file that is not there`, {
    hints: [`Create that file, or remove the link: rm ${path}`],
  });
}
