/**
 * A process that ends PostgreSQL and removes its folder as soon as its owner is gone, however that came, or asks for
 * it.
 */
export type Watcher = {
  /** Says which process is to be ended, `undefined` when there is none. */
  readonly tell: (pid: number | undefined) => void;
  /** Ends PostgreSQL, removes the folder and resolves when both are gone. */
  readonly finish: () => Promise<void>;
};

/**
 * Its standard input ends with its owner. A PostgreSQL that was killed leaves a piece of shared memory, whose number it
 * wrote down.
 */
const SCRIPT = `
trap '' HUP INT TERM
lock="$1/data/postmaster.pid"
while read -r line; do pid=$line; done
if [ -n "$pid" ] && kill -QUIT "$pid"; then
  tries=0
  while [ -e "$lock" ] && [ $tries -lt 200 ]; do sleep 0.05; tries=$((tries + 1)); done
  [ -e "$lock" ] && kill -KILL "$pid"
fi
[ -e "$lock" ] && ipcrm -m "$(sed -n '7s/.* //p' "$lock")"
until rm -rf "$1"; do sleep 0.1; done
`;

/** Watches over the cluster in a folder. */
export function startWatcher(folder: string): Watcher {
  const child = Bun.spawn(["sh", "-c", SCRIPT, "sh", folder], {
    stdin: "pipe",
    stdout: "ignore",
    stderr: "ignore",
    // In a session of its own no ^C of a terminal reaches it.
    detached: true,
  });
  return {
    tell: (pid) => {
      void child.stdin.write(`${pid ?? ""}\n`);
      void child.stdin.flush();
    },
    finish: async () => {
      await child.stdin.end();
      await child.exited;
    },
  };
}
