import { describe, expect, test } from "bun:test";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { openTerminal, show } from "../support/cli/built-terminal.ts";
import { at, only } from "../support/stores/test-user.ts";
import { type Home, useHomes } from "../support/cli/home.ts";

const newHome = useHomes();

async function homeWithTwo(): Promise<{ home: Home; handles: [string, string] }> {
  const home = newHome();
  await home.run({ args: ["add", "-"], input: "first\nsecond\n" });
  const tasks = await home.tasks();
  return { home, handles: [at(tasks, 0).handle, at(tasks, 1).handle] };
}

describe("`todo rm` of two tasks on a terminal", () => {
  test.each([
    ["y", "y\r"],
    ["Y", "Y\r"],
    ["yes", "yes\r"],
  ])("asks, and deletes both after %s", async (_, keys) => {
    const { home, handles } = await homeWithTwo();
    const terminal = openTerminal(home, { args: ["rm", ...handles] });
    await terminal.shows("Delete these 2 tasks? [y/N] ");
    expect(await home.tasks()).toHaveLength(2);
    terminal.press(keys);
    const { exitCode, screen } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(screen.match(/Deleted/g)).toHaveLength(2);
    expect(await home.tasks()).toEqual([]);
  });

  test.each([
    ["n", "n\r"],
    ["Enter", "\r"],
    ["anything else", "yesterday\r"],
    ["Ctrl-D", "\u0004"],
  ])("asks, and deletes nothing after %s", async (_, keys) => {
    const { home, handles } = await homeWithTwo();
    const terminal = openTerminal(home, { args: ["rm", ...handles] });
    await terminal.shows("Delete these 2 tasks? [y/N] ");
    terminal.press(keys);
    const { exitCode, screen } = await terminal.ended;
    expect(exitCode).toBe(0);
    expect(screen).toEndWith("\nNothing was deleted.\n");
    expect(await home.tasks()).toHaveLength(2);
  });

  test("asks, and Ctrl-C ends it with nothing deleted", async () => {
    const { home, handles } = await homeWithTwo();
    const terminal = openTerminal(home, { args: ["rm", ...handles] });
    await terminal.shows("Delete these 2 tasks? [y/N] ");
    terminal.press("\u0003");
    expect((await terminal.ended).signal).toBe("SIGINT");
    expect(await home.tasks()).toHaveLength(2);
  });

  test("does not ask with --yes", async () => {
    const { home, handles } = await homeWithTwo();
    const { exitCode, screen } = await show(home, { args: ["rm", ...handles, "--yes"] });
    expect(exitCode).toBe(0);
    expect(screen).not.toContain("?");
    expect(await home.tasks()).toEqual([]);
  });

  test("does not ask for one alone", async () => {
    const { home, handles } = await homeWithTwo();
    const { screen } = await show(home, { args: ["rm", handles[0]] });
    expect(screen).not.toContain("?");
    expect((await home.tasks()).map(({ handle }) => handle)).toEqual([handles[1]]);
  });

  test("needs --yes where standard input is no terminal, and deletes nothing without", async () => {
    const { home, handles } = await homeWithTwo();
    const { exitCode, err } = await home.run({ args: ["rm", ...handles], input: "y\n" });
    expect(exitCode).toBe(2);
    expect(err).toContain("--yes");
    expect(await home.tasks()).toHaveLength(2);
  });
});

/** An editor in a folder with spaces in its name, as a script whose file to edit is "$file". */
function makeEditor(home: Home, ...script: string[]): string {
  const path = home.path("my programs", "the editor.sh");
  mkdirSync(dirname(path), { recursive: true });
  const start = [
    "#!/bin/sh",
    "[ -t 0 ] && [ -t 1 ] && [ -t 2 ] || exit 9",
    '[ "$1 $2" = "--wait new window" ] || exit 8',
  ];
  writeFileSync(path, [...start, 'file="$3"', ...script, ""].join("\n"));
  chmodSync(path, 0o755);
  return `'${path}' --wait 'new window'`;
}

/** An editor that replaces one text by another and saves. */
function replacing(home: Home, from: string, to: string): string {
  return makeEditor(home, `sed -i 's/${from}/${to}/' "$file"`);
}

async function homeWithOne(): Promise<{ home: Home; handle: string }> {
  const home = newHome();
  await home.print("add", "Pay", "rent", "+home");
  return { home, handle: only(await home.tasks()).handle };
}

/** The file that holds a text which could not be saved. */
function keptFile(screen: string): string {
  return /Your text is kept in (\S+)/.exec(screen)?.[1] ?? "";
}

describe("`todo edit REF` on a terminal", () => {
  test.each(["VISUAL", "EDITOR"])(
    "opens the editor of %s, whose command may have arguments, and saves",
    async (name) => {
      const { home, handle } = await homeWithOne();
      const editor = replacing(home, "title: Pay rent", "title: Pay the rent");
      const { exitCode, screen } = await show(home, { args: ["edit", handle], env: { [name]: editor } });
      expect(screen).toMatch(/Changed .*Pay the rent/);
      expect(exitCode).toBe(0);
      expect(only(await home.tasks())).toMatchObject({ title: "Pay the rent", tags: ["home"] });
      expect(readdirSync(home.path("tmp"))).toEqual([]);
    },
  );

  test("prefers VISUAL", async () => {
    const { home, handle } = await homeWithOne();
    const env = { VISUAL: replacing(home, "rent", "visual"), EDITOR: "false" };
    expect((await show(home, { args: ["edit", handle], env })).exitCode).toBe(0);
    expect(only(await home.tasks()).title).toBe("Pay visual");
  });

  test("shows the text to nobody else", async () => {
    const { home, handle } = await homeWithOne();
    const editor = makeEditor(home, `stat -c '%a' "$file" "$(dirname "$file")" > '${home.path("work", "modes")}'`);
    const { screen } = await show(home, { args: ["edit", handle], env: { VISUAL: editor } });
    expect(screen).toEndWith("Nothing was changed.\n");
    expect(readFileSync(home.path("work", "modes"), "utf8")).toBe("600\n700\n");
  });

  test("keeps the text where the editor fails, and changes nothing", async () => {
    const { home, handle } = await homeWithOne();
    const editor = makeEditor(home, `sed -i 's/rent/lost?/' "$file"`, "exit 7");
    const { exitCode, screen } = await show(home, { args: ["edit", handle], env: { VISUAL: editor } });
    expect(exitCode).toBe(1);
    expect(screen).toContain("failed\n");
    expect(readFileSync(keptFile(screen), "utf8")).toContain("title: Pay lost?\n");
    expect(statSync(keptFile(screen)).mode & 0o777).toBe(0o600);
    expect(only(await home.tasks()).title).toBe("Pay rent");
  });

  test("keeps the text that it does not understand, and says on which line that is", async () => {
    const { home, handle } = await homeWithOne();
    const editor = replacing(home, "^due:.*", "due: 31 feb");
    const { exitCode, screen } = await show(home, { args: ["edit", handle], env: { VISUAL: editor } });
    expect(exitCode).toBe(2);
    const kept = readFileSync(keptFile(screen), "utf8").split("\n");
    expect(screen).toContain(`line ${kept.indexOf("due: 31 feb") + 1}`);
    expect(only(await home.tasks()).due_date).toBeNull();
  });

  test("keeps the text where the task was changed meanwhile", async () => {
    const { home, handle } = await homeWithOne();
    const editor = makeEditor(home, `sed -i 's/rent/mine/' "$file"`, `todo edit ${handle} --title theirs >/dev/null`);
    const { exitCode, screen } = await show(home, { args: ["edit", handle], env: { VISUAL: editor } });
    expect(exitCode).toBe(5);
    expect(readFileSync(keptFile(screen), "utf8")).toContain("title: Pay mine\n");
    expect(only(await home.tasks()).title).toBe("theirs");
  });

  test("says what to set where no editor is named and none is there", async () => {
    const { home, handle } = await homeWithOne();
    const env = { VISUAL: "", EDITOR: undefined, PATH: home.path("work") };
    const { exitCode, screen } = await show(home, { args: ["edit", handle], env });
    expect(exitCode).toBe(2);
    expect(screen).toContain("neither VISUAL nor EDITOR");
  });
});
