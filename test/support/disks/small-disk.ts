/** A mebibyte that only the command and its children see, in a folder. Needs no root where users may have namespaces. */
export function smallDisk(folder: string): string[] {
  return ["unshare", "-r", "-m", "sh", "-c", 'mount -t tmpfs -o size=1m tmpfs "$0" && exec "$@"', folder];
}

/** Files of 500 KiB at most, twice what a new database takes while it is made: what a quota does, and what works everywhere. */
export const smallFiles = ["sh", "-c", 'trap "" XFSZ && ulimit -f 1000 && exec "$@"', "sh"];

/** False in containers without namespaces. */
export function hasSmallDisks(folder: string): boolean {
  if (!Bun.which("unshare")) return false;
  return Bun.spawnSync([...smallDisk(folder), "true"], { stderr: "ignore" }).success;
}
