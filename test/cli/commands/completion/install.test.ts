import { describe, expect, test } from "bun:test";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { SCRIPTS, type Shell } from "../../../../src/cli/completion/scripts.ts";
import { useScratch } from "../../../support/disks/scratch.ts";
import { useTerminals } from "../../../support/cli/terminal.ts";

const openTerminal = useTerminals();
const scratch = useScratch();

const PLACES: readonly (readonly [Shell, string])[] = [
  ["bash", ".local/share/bash-completion/completions/todo"],
  ["zsh", ".local/share/zsh/site-functions/_todo"],
  ["fish", ".config/fish/completions/todo.fish"],
];

/** A terminal of a user with an empty home. The folder of the script is made, because this terminal only notes it. */
function openHome(place: string, env: Record<string, string> = {}) {
  const home = scratch(crypto.randomUUID());
  const path = `${home}/${place}`;
  mkdirSync(dirname(path), { recursive: true });
  return { path, folder: dirname(path), terminal: openTerminal({ env: { HOME: home, ...env } }) };
}

describe("`todo completion install`", () => {
  test.each(PLACES)("puts the script of %s into ~/%s, and says how to undo it", async (shell, place) => {
    const { path, folder, terminal } = openHome(place);
    const { code, out, err } = await terminal.run("completion", "install", shell);
    expect([code, out]).toEqual([0, `Installed completion for ${shell}: ${path}\n`]);
    expect(err).toEndWith(`To undo: rm ${path}\n`);
    expect(terminal.folders).toEqual([folder]);
    expect(readFileSync(path, "utf8")).toBe(SCRIPTS[shell]);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(terminal.opened).toEqual([]);
  });

  test.each(PLACES)("knows from SHELL that it is %s", async (shell, place) => {
    const { path, terminal } = openHome(place, { SHELL: `/usr/bin/${shell}` });
    await terminal.print("completion", "install");
    expect(readFileSync(path, "utf8")).toBe(SCRIPTS[shell]);
  });

  test.each<[Shell, Record<string, string>, string]>([
    ["bash", { XDG_DATA_HOME: scratch("data") }, "data/bash-completion/completions/todo"],
    ["bash", { BASH_COMPLETION_USER_DIR: scratch("own") }, "own/completions/todo"],
    ["zsh", { XDG_DATA_HOME: scratch("data") }, "data/zsh/site-functions/_todo"],
    ["fish", { XDG_CONFIG_HOME: scratch("config") }, "config/fish/completions/todo.fish"],
  ])("puts the script of %s where %j says", async (shell, env, place) => {
    const path = scratch(place);
    mkdirSync(dirname(path), { recursive: true });
    expect(await openTerminal({ env }).print("completion", "install", shell, "--quiet")).toBe("");
    expect(readFileSync(path, "utf8")).toBe(SCRIPTS[shell]);
  });

  test("replaces an older script, and says the same", async () => {
    const { path, terminal } = openHome(".config/fish/completions/todo.fish");
    writeFileSync(path, "# older\ncomplete -c todo -a '(command todo __complete -- )'\n");
    const first = await terminal.run("completion", "install", "fish");
    expect(readFileSync(path, "utf8")).toBe(SCRIPTS.fish);
    expect(await terminal.run("completion", "install", "fish")).toEqual(first);
  });

  test("leaves alone what another program put there", async () => {
    const { path, terminal } = openHome(".local/share/bash-completion/completions/todo");
    writeFileSync(path, "complete -F _todo_txt todo\n");
    expect(await terminal.run("completion", "install", "bash")).toEqual({
      code: 5,
      out: "",
      err:
        `todo: ${path} is there already and is not of this program\n` +
        "  Move it away, or print the script: todo completion bash\n",
    });
    expect(readFileSync(path, "utf8")).toBe("complete -F _todo_txt todo\n");
  });

  test("names the line that is left to add, quoted for the shell", async () => {
    const { terminal } = openHome("my $HOME's/.local/share/zsh/site-functions/_todo");
    terminal.setup.env["HOME"] += "/my $HOME's";
    const { err } = await terminal.run("completion", "install", "zsh");
    expect(err).toContain("Add this line to ~/.zshrc, before compinit or Oh My Zsh:\n");
    expect(err).toContain(`/my $HOME'\\''s/.local/share/zsh/site-functions' $fpath)\n`);
    const { line } = JSON.parse(await terminal.print("completion", "install", "zsh", "--json"));
    expect(err).toContain(line);
  });

  test.each<[string[], Record<string, string>, string]>([
    [[], {}, "which shell?"],
    [[], { SHELL: "/bin/dash" }, 'there is no completion for "dash"'],
    [["csh"], { SHELL: "/bin/bash" }, 'there is no completion for "csh"'],
    [["bash"], { HOME: "" }, "HOME does not say where the files of your shell are"],
  ])("refuses %j with %j", async (words, env, why) => {
    const { code, err } = await openTerminal({ env }).run("completion", "install", ...words);
    expect([code, err.split("\n")[0]]).toEqual([2, `todo: ${why}`]);
  });
});
