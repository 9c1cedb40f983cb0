import { describe, expect, test } from "bun:test";
import { expectGolden, listGolden } from "../../support/cli/golden.ts";
import { ON_A_TERMINAL, type Setup, type Terminal, useTerminals } from "../../support/cli/terminal.ts";
import { record } from "../../support/cli/transcript.ts";

const openTerminal = useTerminals();

type Scene = {
  readonly name: string;
  readonly setup?: Partial<Setup>;
  readonly given?: (terminal: Terminal) => Promise<void>;
  readonly commands: readonly (readonly string[])[];
};

const PLAIN = { ...ON_A_TERMINAL, env: { NO_COLOR: "1" } };
const LISTS = [
  ["list"],
  ["list", "status:all", "--sort", "created"],
  ["list", "status:completed"],
  ["list", "nothing"],
];
const VIEWS = [
  ["today"],
  ["today", "+home"],
  ["upcoming"],
  ["upcoming", "+nothing"],
  ["completed"],
  ["completed", "today"],
  ["completed", "week", "+nothing"],
];

const SCENES: readonly Scene[] = [
  {
    name: "add",
    setup: { stdin: "Milk\n\n  Bread, sliced\n" },
    commands: [
      ["add", "Pay", "rent", "due:friday", "+home"],
      ["add", "Call Ann", "due:tomorrow at 9", "project:Work", "priority:high", "+a", "+b"],
      ["add", "--due", "2027-03-01", "--project", "Garden", "--priority", "low", "--tag", "x", "Sow", "peas"],
      ["add", "--", "+all", "due:of", "this"],
      ["add", "-", "+shop"],
      ["add", "--json", "Read", "due:17:00"],
      ["add", "--ndjson", "Write"],
      ["add", "--quiet", "Sleep"],
    ],
  },
  {
    name: "add-on-a-terminal",
    setup: ON_A_TERMINAL,
    commands: [["add", "Pay rent", "due:friday", "project:A", "+home"]],
  },
  {
    name: "add-of-nothing",
    commands: [
      ["add", "-"],
      ["add", "-", "--json"],
    ],
  },
  { name: "list-on-a-terminal", setup: PLAIN, given: aFullList, commands: LISTS },
  { name: "list-in-colours", setup: ON_A_TERMINAL, given: aFullList, commands: LISTS },
  { name: "list-piped", given: aFullList, commands: LISTS },
  { name: "list-of-wide-titles", setup: PLAIN, given: wideTitles, commands: [["list"]] },
  { name: "list-in-40-columns", setup: { ...PLAIN, columns: 40 }, given: wideTitles, commands: [["list"]] },
  {
    name: "list-for-programs",
    given: twoTasks,
    commands: [
      ["list", "--json"],
      ["list", "--ndjson"],
      ["list", "-q"],
    ],
  },
  {
    name: "list-of-nothing",
    setup: PLAIN,
    commands: [
      ["list"],
      ["list", "+home"],
      ["list", "--", "home"],
      ["list", "--json"],
      ["list", "--ndjson"],
      ["list", "-q"],
    ],
  },
  { name: "views-on-a-terminal", setup: PLAIN, given: aFullList, commands: VIEWS },
  { name: "views-piped", given: aFullList, commands: VIEWS },
  { name: "views-in-colours", setup: ON_A_TERMINAL, given: aFullList, commands: [["today"], ["completed", "today"]] },
  { name: "views-of-nothing", setup: PLAIN, commands: [...VIEWS, ["today", "--json"], ["upcoming", "-q"]] },
  { name: "views-of-nothing-due", setup: PLAIN, given: nothingDue, commands: VIEWS },
  {
    name: "show",
    given: aFullTask,
    commands: [
      ["show", "wbb"],
      ["show", "wbb", "--json"],
      ["show", "wbb", "--quiet"],
      ["show", "wbb", "gqn", "wbb"],
      ["show", "gqn", "wbb", "--json"],
    ],
  },
  { name: "show-in-colours", setup: ON_A_TERMINAL, given: aFullTask, commands: [["show", "wbb"]] },
  {
    name: "log",
    given: aLongStory,
    commands: [["log"], ["log", "gqn"], ["log", "--limit", "2", "--json"], ["log", "-q"]],
  },
  { name: "log-in-colours", setup: ON_A_TERMINAL, given: aLongStory, commands: [["log", "--limit", "2"]] },
  { name: "log-of-nothing", commands: [["log"], ["log", "--json"], ["log", "--ndjson"], ["log", "--quiet"]] },
  { name: "tags", given: aFullList, commands: [["tags"], ["tags", "--json"], ["tags", "--ndjson"], ["tags", "-q"]] },
  { name: "projects", given: aFullList, commands: [["projects"], ["projects", "--json"], ["projects", "--quiet"]] },
  { name: "tags-and-projects-of-nothing", commands: [["tags"], ["tags", "--json"], ["projects"], ["projects", "-q"]] },
  { name: "info", given: aFullList, commands: [["info"], ["info", "--json"], ["info", "--quiet"]] },
  {
    name: "changes",
    given: twoTasks,
    commands: [
      ["done", "wbb", "gqn"],
      ["done", "wbb"],
      ["reopen", "gqn", "--json"],
      ["edit", "gqn", "due:monday", "+new"],
      ["edit", "gqn", "due:monday"],
      ["rm", "wbb", "gqn", "--yes"],
      ["rm", "wbb", "--quiet"],
      ["restore", "wbb", "gqn", "--ndjson"],
      ["undo"],
      ["undo", "--json"],
      ["undo", "--quiet"],
    ],
  },
  {
    name: "dates-and-times",
    commands: [
      ["add", "Pay rent", "due:friday", "wait:due-3d", "estimate:1h30m", "remind:2h", "remind:mon 9:00"],
      ["add", "Call Ann", "scheduled:today", "+home"],
      ["list"],
      ["list", "is:waiting"],
      ["list", "status:pending"],
      ["today"],
      ["show", "wbb"],
      ["edit", "wbb", "wait:none", "scheduled:due-1d", "not:remind:2h", "estimate:45min"],
      ["log"],
    ],
  },
  {
    name: "work-on-a-task",
    given: twoTasks,
    commands: [
      ["start", "wbb"],
      ["list"],
      ["note", "wbb", "The", "plumber", "calls", "back"],
      ["note", "wbb"],
      ["stop"],
      ["show", "wbb"],
      ["cancel", "wbb"],
      ["list", "status:all"],
      ["completed"],
      ["undo"],
      ["log", "wbb"],
    ],
  },
  {
    name: "filters",
    commands: [
      ["filter"],
      ["filter", "save", "errands", "+shop"],
      ["filter", "save", "Errands", "project:Town"],
      ["filter", "save", "work", "+work", "--json"],
      ["filter"],
      ["filter", "--json"],
      ["filter", "-q"],
      ["filter", "show", "errands"],
      ["filter", "show", "erands"],
      ["filter", "rm", "errands"],
    ],
  },
  {
    name: "context-on-a-terminal",
    setup: { ...PLAIN, env: { ...PLAIN.env, TODO_CONTEXT: "home" } },
    given: async (terminal) => {
      await aFullList(terminal);
      await terminal.print("filter", "save", "Home", "+home");
    },
    commands: [
      [],
      ["list"],
      ["list", "nothing"],
      ["list", "--no-context", "--limit", "1"],
      ["context"],
      ["filter", "rm", "home"],
      ["list"],
    ],
  },
  { name: "undo-of-nothing", commands: [["undo"], ["undo", "--json"], ["undo", "--ndjson"], ["undo", "--quiet"]] },
  { name: "doctor", given: twoTasks, commands: [["doctor"], ["doctor", "--json"], ["doctor", "--quiet"]] },
];

describe("what a user sees of", () => {
  test.each(SCENES.map((scene): [string, Scene] => [scene.name, scene]))("%s", async (name, scene) => {
    const terminal = openTerminal(scene.setup);
    await scene.given?.(terminal);
    expectGolden(`output/${name}.txt`, await record(terminal, scene.commands));
  });

  test("every scene is compared, and nothing else lies there", () => {
    expect(listGolden("output")).toEqual(SCENES.map(({ name }) => `${name}.txt`).toSorted());
  });
});

async function twoTasks(terminal: Terminal): Promise<void> {
  await terminal.add("Pay rent", "due:friday", "+home");
  await terminal.add("Milk");
}

async function aFullList(terminal: Terminal): Promise<void> {
  await terminal.add("Sow peas", "due:2027-03-01", "project:Garden", "priority:low");
  await terminal.add("Pay rent", "due:friday", "+home", "priority:high");
  await terminal.add("Read a book");
  await terminal.add("Water the plants", "due:today", "+home", "+daily", "project:Garden");
  await terminal.add("Send the letter that lies on the desk since Monday", "due:yesterday", "project:Work");
  await terminal.add("Call Ann", "due:2026-11-20 09:30", "+phone");
  await terminal.add("Call Bob", "due:17:00", "+phone");
  const done = await terminal.add("Buy milk", "+shop", "project:Home");
  const gone = await terminal.add("Buy beer", "+shop", "due:monday");
  await terminal.print("done", done.handle);
  await terminal.print("rm", gone.handle);
}

async function nothingDue(terminal: Terminal): Promise<void> {
  await terminal.add("Read a book");
  await terminal.add("Learn to swim");
}

async function wideTitles(terminal: Terminal): Promise<void> {
  await terminal.add("plain", "+tag", "due:today");
  await terminal.add("日本語のタイトル", "+日本", "project:仕事");
  await terminal.add("한국어 제목과 그 밖의 것들, 너무 길어서 잘려야 하는 아주 긴 제목입니다", "project:x");
  await terminal.add("👩‍👩‍👧 family 👨‍👩‍👧‍👦 and flags 🇩🇪🇫🇷, thumbs 👍🏽 and hearts ❤️ up to the very end", "+z");
  await terminal.add("e\u0301 combining and क्षि", "priority:high");
}

async function aFullTask(terminal: Terminal): Promise<void> {
  const words = ["Pay rent", "due:tomorrow 17:00", "project:Home", "priority:high", "+b", "+a"];
  const task = await terminal.add(...words, "--description", "First line\n\n  third line, indented");
  terminal.setup.now += 3_600_000;
  await terminal.print("done", task.handle);
  terminal.setup.now += 86_400_000;
  await terminal.print("rm", task.handle);
  await terminal.add("Milk");
}

async function aLongStory(terminal: Terminal): Promise<void> {
  await twoTasks(terminal);
  const steps = [
    [
      "edit",
      "gqn",
      "--title",
      "Oat milk",
      "+shop",
      "due:friday",
      "project:Home",
      "priority:low",
      "--description",
      "one\ntwo",
    ],
    ["edit", "gqn", "--no-due", "--untag", "shop"],
    ["edit", "gqn", "due:21:00", "priority:high"],
    ["done", "gqn", "wbb"],
    ["reopen", "gqn"],
    ["rm", "gqn"],
    ["restore", "gqn"],
    ["undo"],
  ];
  for (const step of steps) {
    terminal.setup.now += 60_000;
    await terminal.print(...step);
  }
}
