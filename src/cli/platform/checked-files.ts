import { closeSync, constants, fstatSync, openSync, readFileSync, type Stats, statSync } from "node:fs";
import { codeOf, TodoError } from "../../domain/errors.ts";
import { explaining } from "./files.ts";

const ROOT = 0;
const READ_BY_OTHERS = 0o077;
const WRITTEN_BY_OTHERS = 0o022;

/** Opens at once even if nobody writes to a pipe, and never follows a link. */
const OPEN_PRIVATE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * The bytes of a file with a secret that the user named, such as one that a container mounts. It may be a symbolic
 * link, and others may read it. Throws `usage` if another user could have written it, and `io_failed`.
 */
export function readNamedSecret(path: string, user = currentUser()): Uint8Array {
  return explaining(path, () =>
    readChecked(path, constants.O_RDONLY, ({ uid, mode }) => {
      if (isForeign(uid, user)) {
        const hint = `If you trust it: sudo chown ${user} ${path}. Otherwise make a new one: openssl rand -base64 32`;
        throw new TodoError("usage", `${path}: it belongs to another user (uid ${uid})`, { hints: [hint] });
      }
      if ((mode & WRITTEN_BY_OTHERS) === 0) return;
      throw new TodoError("usage", `${path}: others can write it`, {
        hints: [`If nobody else has written it: chmod go-w ${path}`],
      });
    }),
  );
}

/**
 * The text of a file that only its owner can read, or null if there is none. Its owner must be this user or root.
 * `otherwise` says what to do if it can't be trusted. Throws `io_failed`.
 */
export function readOwnFile(path: string, otherwise: string, user = currentUser()): string | null {
  try {
    const bytes = readChecked(path, OPEN_PRIVATE, (found) => refuseUnsafe(path, found, { otherwise, user }));
    return new TextDecoder().decode(bytes);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    if (codeOf(error) !== "ELOOP") throw error;
    throw refusal(`${path}: it is a symbolic link`, `Remove it: rm ${path}`);
  }
}

/** How others can get at a file, and the command that ends it. */
export type Exposure = { readonly path: string; readonly problem: string; readonly fix: string };

/** How others can get at a file of this user's own, or null if they can't or there is none. */
export function findExposure(path: string, user = currentUser()): Exposure | null {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return null;
  if (isForeign(found.uid, user)) {
    return { path, problem: `it belongs to another user (uid ${found.uid})`, fix: `sudo chown ${user} ${path}` };
  }
  if ((found.mode & READ_BY_OTHERS) === 0) return null;
  return { path, problem: "others can get at it", fix: `chmod 600 ${path}` };
}

function refuseUnsafe(
  path: string,
  found: Stats,
  { otherwise, user }: { readonly otherwise: string; readonly user: number },
): void {
  if (!found.isFile()) throw refusal(`${path}: it is not a file`, `Move it away: mv ${path} ${path}.old`);
  if (isForeign(found.uid, user)) {
    const hint = `If you trust it: sudo chown ${user} ${path}. ${otherwise}`;
    throw refusal(`${path}: it belongs to another user (uid ${found.uid})`, hint);
  }
  if ((found.mode & READ_BY_OTHERS) !== 0) {
    const hint = `If nobody else has read it: chmod 600 ${path}. ${otherwise}`;
    throw refusal(`${path}: others can read it, so it is not secret`, hint);
  }
}

/** Checks the open file and not its name, so that nobody can exchange it in between. */
function readChecked(path: string, flags: number, check: (found: Stats) => void): Uint8Array {
  const descriptor = openSync(path, flags);
  try {
    check(fstatSync(descriptor));
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function isForeign(owner: number, user: number): boolean {
  return owner !== user && owner !== ROOT;
}

function refusal(message: string, hint: string): TodoError {
  return new TodoError("io_failed", message, { hints: [hint] });
}

function currentUser(): number {
  return process.geteuid?.() ?? ROOT;
}
