/** Shows the built program at work on a database of its own, and says where it is. The last part of `bun run setup`. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { resolve } from "node:path";

const binary = resolve("dist/todo");
const folder = mkdtempSync(`${tmpdir()}/todo-first-`);

function todo(...args: string[]): void {
  console.log(`$ todo ${args.join(" ")}`);
  const { exitCode } = Bun.spawnSync([binary, "--db", `${folder}/todo.db`, ...args], {
    stdout: "inherit",
    stderr: "inherit",
  });
  if (exitCode !== 0) throw new Error(`todo ${args.join(" ")} exited with ${exitCode}`);
}

try {
  todo("add", "Pay", "rent", "due:friday", "+home");
  todo("list");
  console.log(
    `\nThe program is ${binary}\nPut it where your shell finds it: install -D -m 755 dist/todo ~/.local/bin/todo`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
