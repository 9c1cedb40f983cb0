import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { SCRIPTS } from "../../../src/cli/completion/scripts.ts";
import type { ShellSandbox } from "./shell-sandbox.ts";

/** A shell with the completion set up in one of the ways that the help names. */
export type Setup = {
  readonly name: string;
  readonly command: readonly [shell: string, ...flags: string[]];
  /** Files of the home folder. */
  readonly files: Readonly<Record<string, string>>;
};

export type Typed = {
  /** What `todo` was called with, undefined where it was not. */
  readonly words: readonly string[] | undefined;
  readonly screen: string;
};

const PROMPT = "READY>";
/** A shell that does not end by then is ended: what it was told was no whole command. */
const SHELL_TIMEOUT_MS = 10_000;

export const BASH: Setup = {
  name: "bash",
  command: ["bash", "--noprofile", "-i"],
  files: { ".bashrc": `eval "$(todo completion bash)"\nPS1='${PROMPT}'\n` },
};

/** `-u` because who runs this need not own the folders of zsh, `-D` because a cache would outlive a change. */
const COMPINIT = "autoload -Uz compinit && compinit -u -D";

export const SETUPS: readonly Setup[] = [
  BASH,
  {
    name: "zsh",
    command: ["zsh", "-d", "-i"],
    files: { ".zshrc": `${COMPINIT}\nsource <(todo completion zsh)\nPS1='${PROMPT}'\n` },
  },
  {
    name: "zsh with the script in a folder of fpath",
    command: ["zsh", "-d", "-i"],
    files: { ".zshrc": `fpath=(~/functions $fpath)\n${COMPINIT}\nPS1='${PROMPT}'\n`, "functions/_todo": SCRIPTS.zsh },
  },
  {
    name: "fish",
    command: ["fish", "-i"],
    files: {
      "config/fish/config.fish": `set -g fish_greeting\nfunction fish_prompt; echo -n '${PROMPT}'; end\n`,
      "config/fish/completions/todo.fish": SCRIPTS.fish,
    },
  },
];

/** Types keys, such as `todo done \t`, and Enter at the prompt of a shell in a terminal. */
export async function typeInto({ command, files }: Setup, sandbox: ShellSandbox, keys: string): Promise<Typed> {
  for (const [name, text] of Object.entries(files)) writeInto(sandbox.path("home", name), text);
  writeFileSync(sandbox.path("typed"), "");
  const decoder = new TextDecoder();
  const ready = Promise.withResolvers<void>();
  let screen = "";
  const data = (_: unknown, bytes: Uint8Array) => {
    screen += decoder.decode(bytes, { stream: true });
    if (screen.includes(PROMPT)) ready.resolve();
  };
  const { path, env } = sandbox;
  const shell = Bun.spawn([...command], { cwd: path("work"), env, terminal: { cols: 100, rows: 40, data } });
  const timer = setTimeout(() => shell.kill("SIGKILL"), SHELL_TIMEOUT_MS);
  await Promise.race([ready.promise, shell.exited]);
  shell.terminal?.write(`${keys}\rexit\r`);
  await shell.exited;
  clearTimeout(timer);
  shell.terminal?.close();
  const notes = readFileSync(path("typed"), "utf8");
  return { words: notes === "" ? undefined : notes.split("\0").slice(0, -1), screen };
}

function writeInto(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
