import { linkSync, lstatSync, renameSync } from "node:fs";
import { codeOf } from "../domain/errors.ts";
import { withFileLockSync } from "./file-lock.ts";

/** What `link` answers where there are no hard links: FAT and exFAT, Android, FUSE, and kernels without the call. */
const NO_HARD_LINKS: ReadonlySet<string | undefined> = new Set(["EPERM", "EACCES", "EOPNOTSUPP", "ENOTSUP", "ENOSYS"]);

/**
 * Gives a finished file its name, or answers false if the name is taken. The link makes that one step. Without hard links
 * this program's processes take turns instead, because a rename would overwrite. The draft may stay beside the new name.
 */
export function placeFile(draft: string, path: string, link = linkSync): boolean {
  try {
    link(draft, path);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") return false;
    if (!NO_HARD_LINKS.has(code)) throw error;
  }
  return withFileLockSync(path, () => {
    if (lstatSync(path, { throwIfNoEntry: false })) return false;
    renameSync(draft, path);
    return true;
  });
}
