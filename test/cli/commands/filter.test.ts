import { describe, expect, test } from "bun:test";
import { useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

describe("`todo filter`", () => {
  test("says how to save one where there is none", async () => {
    const { code, out, err } = await openTerminal().run("filter");
    expect([code, out, err]).toEqual([0, "", "No filter is saved. Save one with: todo filter save NAME FILTER\n"]);
  });

  test("lists filters by name, and only the names for a script", async () => {
    const { print } = openTerminal();
    await print("filter", "save", "work", "project:Work");
    await print("filter", "save", "Errands", "+shop");
    expect(await print("filter")).toBe("Errands  +shop\nwork     project:Work\n");
    expect(await print("filter", "list", "-q")).toBe("Errands\nwork\n");
    expect(JSON.parse(await print("filter", "--json"))).toEqual([
      { name: "Errands", filter: "+shop", problem: null },
      { name: "work", filter: "project:Work", problem: null },
    ]);
  });

  test("shows one that this version can't read with what is wrong, and keeps it", async () => {
    const { print, run, store } = openTerminal();
    await print("filter", "save", "work", "+work");
    await store().editProfile("local", { "filter:later": "due:fridy" }, 1);
    expect(await print("filter")).toBe('later  due:fridy  can\'t be used: "fridy" is not a date\nwork   +work\n');
    expect(await run("filter", "show", "later")).toEqual({
      code: 0,
      out: "due:fridy\n",
      err: 'It can\'t be used: "fridy" is not a date\n',
    });
  });
});

describe("`todo filter save`", () => {
  test("takes the place of a filter in any case, and says how to take that back", async () => {
    const { print, run } = openTerminal();
    await print("filter", "save", "work", "text of a 'title'");
    const { out, err } = await run("filter", "save", "Work", "+work");
    expect(out).toBe("Saved Work  +work\n");
    expect(err).toBe(`It was: todo filter save work 'text of a '\\''title'\\'''\n`);
    expect(await print("filter", "-q")).toBe("Work\n");
    const again = await run("filter", "save", "Work", "+job", "--json");
    expect(JSON.parse(again.out)).toEqual({ name: "Work", filter: "+job", before: "+work" });
  });

  test("saves arguments as one text that means the same", async () => {
    const terminal = openTerminal();
    for (const title of ["roof of slate", "roof tile", "tile, roof and more"]) await terminal.add(title);
    expect(await terminal.print("filter", "save", "both", "roof", "tile")).toBe("Saved both  roof and tile\n");
    expect(await terminal.print("filter", "save", "text", "+a", "--", "+x", "or")).toBe('Saved text  +a "+x" "or"\n');
    const found = (await terminal.print("list", "-q", "filter:both")).trimEnd().split("\n");
    expect(found).toEqual((await terminal.print("list", "-q", "roof", "tile")).trimEnd().split("\n"));
    expect(found).toHaveLength(2);
  });

  test.each([
    [["two words", "+a"], "can't be the name of a filter"],
    [["off", "+a"], "has a meaning of its own"],
    [["work", "due:fridy"], '"fridy" is not a date'],
    [["work"], "filter"],
  ])("refuses %j, and saves nothing", async (words, said) => {
    const { print, run } = openTerminal();
    const { code, err } = await run("filter", "save", ...words);
    expect([code, err]).toEqual([2, expect.stringContaining(said)]);
    expect(await print("filter", "-q")).toBe("");
  });

  test("keeps the meaning of arguments, also of words behind --", async () => {
    const { print } = openTerminal();
    expect(
      await print("filter", "save", "ann", "call", "ann", "or", "project:My House", "roof", "--", "due:friday"),
    ).toBe('Saved ann  call and ann or project:My House and roof "due:friday"\n');
  });

  test("refuses a filter that uses itself, also through another one, with the place", async () => {
    const { print, run } = openTerminal();
    expect((await run("filter", "save", "a", "filter:A")).code).toBe(2);
    await print("filter", "save", "a", "+a");
    await print("filter", "save", "b", "filter:a", "overdue");
    const { code, err } = await run("filter", "save", "a", "+x", "or", "filter:b");
    expect([code, err.split("\n").slice(1, 3)]).toEqual([2, ["  +x or filter:b", "               ^"]]);
    expect(await print("filter", "show", "a")).toBe("+a\n");
  });

  test("writes no control characters of a filter to the terminal", async () => {
    const { print } = openTerminal();
    expect(await print("filter", "save", "odd", "a\u001b[31mb")).toBe("Saved odd  a\\e[31mb\n");
    expect(await print("filter")).toBe("odd  a\\e[31mb\n");
  });
});

describe("`todo filter rm`", () => {
  test("removes a filter, and says how to save it again", async () => {
    const { print, run } = openTerminal();
    await print("filter", "save", "Errands", "+shop");
    expect(await run("filter", "rm", "errands")).toEqual({
      code: 0,
      out: "Removed Errands  +shop\n",
      err: "To save it again: todo filter save Errands +shop\n",
    });
    await print("filter", "save", "a", "+a");
    await print("filter", "save", "b", "filter:a");
    expect((await run("filter", "rm", "a")).err).toEndWith('b can\'t be used: there is no saved filter "a"\n');
    const { code, err } = await run("filter", "rm", "errands");
    expect([code, err]).toEqual([3, expect.stringContaining('there is no saved filter "errands"')]);
  });
});
