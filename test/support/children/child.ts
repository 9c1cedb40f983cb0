import type { Subprocess } from "bun";
import { afterEach } from "bun:test";
import { join } from "node:path";

export type Child = {
  /** Resolves with the first line that the script prints. */
  readonly firstLine: () => Promise<string>;
  /** Resolves with the last line, when the script has ended. */
  readonly lastLine: () => Promise<string>;
  readonly kill: () => Promise<void>;
};

export type ChildOptions = {
  /** A command that runs the script's command, such as one that changes the user first. */
  readonly wrap?: readonly string[];
  /** Variables beside PATH, which is all that a child gets. */
  readonly env?: Readonly<Record<string, string>>;
};

/** Starts scripts of this folder as processes of their own. What still runs after a test is killed. */
export function useChildren(): (script: string, args: readonly string[], options?: ChildOptions) => Child {
  const running = new Set<Subprocess>();
  afterEach(async () => {
    for (const child of running) child.kill("SIGKILL");
    await Promise.all([...running].map((child) => child.exited));
    running.clear();
  });
  return (script, args, options = {}) => {
    const command = [...(options.wrap ?? []), process.execPath, join(import.meta.dir, script), ...args];
    const child = Bun.spawn(command, {
      stdout: "pipe",
      stderr: "inherit",
      env: { PATH: process.env["PATH"], ...options.env },
    });
    running.add(child);
    return watch(child);
  };
}

function watch(child: Subprocess<"ignore", "pipe", "inherit">): Child {
  const first = Promise.withResolvers<string>();
  const collect = async () => {
    let text = "";
    const decoder = new TextDecoder();
    for await (const chunk of child.stdout) {
      text += decoder.decode(chunk, { stream: true });
      if (text.includes("\n")) first.resolve(text.slice(0, text.indexOf("\n")));
    }
    first.reject(new Error(`the script ended without a line: ${text}`));
    return text.trimEnd();
  };
  const output = collect();
  return {
    firstLine: () => first.promise,
    lastLine: async () => (await output).split("\n").at(-1) ?? "",
    kill: async () => {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}
