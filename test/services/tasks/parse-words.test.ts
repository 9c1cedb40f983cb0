import { expect, test } from "bun:test";
import fc from "fast-check";
import { splitText } from "../../../src/domain/quick-add/split-text.ts";
import { parseWords } from "../../../src/services/tasks/parse-words.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { type Terminal, useTerminals } from "../../support/cli/terminal.ts";

const openTerminal = useTerminals();

const PIECES = [
  ["Pay", "rent", "tomorrow", "friday", "next", "at 9", "17:00", "weeks", "5", "+49", "Re: it", "C:\\x", "🦊", 'a"b'],
  ["recur:x", "tag:shop", "+a,b", "Project:", "due:", "tags:", '"due:friday"'],
  ["due:friday", "due:fridy", "due:none", "due:next friday", "due:+1d", "due:5pm", "due:due-1d", 'DUE:"tomorrow at 9"'],
  ["wait:due-3d", "wait:monday", "sched:+2d", "scheduled:due-2h", "every:week", "every:2 weeks on mon", "every:hour"],
  ['every:"day at 8:00, 20:00"', "every:none", "every:month until 2027-01-01"],
  ["project:House", 'proj:"Side work"', "project:none", 'project:"a \\"b\\" \\\\"', "pri:H", "p2", "P4", "priority:x"],
  ["estimate:2h", "est:90m", "estimate:3d", "remind:30min", "remind:now", "remind:friday", "+home", "+2w", "+ü"],
].flat();

/** The handles of three tasks, of which the last repeats. */
async function addThree(terminal: Terminal): Promise<string[]> {
  const roof = await terminal.add("Roof", "project:House");
  const tiles = await terminal.add("Tiles", `parent:${roof.handle}`, `depends:${roof.handle}`);
  const bins = await terminal.add("Bins", "every:week");
  return [roof, tiles, bins].map(({ handle }) => handle);
}

function anyText([roof, tiles, bins]: readonly string[]): fc.Arbitrary<string> {
  const refs = [`parent:${roof}`, `parent:${bins}`, `depends:${roof},${tiles}`, `dep:${bins}`, "parent:zzzzzz"];
  const word = fc.string({ unit: "grapheme", maxLength: 6 }).filter((text) => /^[^\s\p{C}-]+$/u.test(text));
  const piece = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...PIECES, ...refs) }, { weight: 1, arbitrary: word });
  const filler = fc.constantFrom("Pay", "Call Ann", "x");
  return fc
    .tuple(filler, fc.array(piece, { maxLength: 6 }))
    .chain(([first, pieces]) => fc.shuffledSubarray([first, ...pieces], { minLength: 1 }).map((all) => all.join(" ")));
}

/** The ways in which the words can be typed. One argument that begins with a field is all its value, and has no quotes. */
function listArguments(text: string): string[][] {
  const { args } = splitText(text);
  const words = args.map((argument) => argument.text);
  const isPlain = !/:"/u.test(text) && !/^(?:\+|\p{L}+:)/u.test(text);
  return isPlain ? [words, [text]] : [words];
}

test("what a text is understood as is what todo add stores, says and refuses", async () => {
  const terminal = openTerminal();
  const handles = await addThree(terminal);
  const seen = { stored: 0, refused: 0 };
  const check = async (text: string) => {
    const workspace = { store: terminal.store(), user: LOCAL_USER, system: terminal.io.system };
    const { task, repeats, notes, issues } = await parseWords(workspace, text);
    for (const words of listArguments(text)) {
      const { code, out, err } = await terminal.run("add", "--json", ...words);
      const lines = err.split("\n").filter((line) => line !== "");
      if (code === 0) {
        seen.stored += 1;
        expect(JSON.parse(out)).toMatchObject(task);
        const echo = repeats ? [expect.stringContaining(repeats.text)] : [];
        expect([lines, issues]).toEqual([[...echo, ...notes], []]);
      } else {
        seen.refused += 1;
        const messages = [...issues.map(({ message }) => message), ...(task.title === null ? ["title is empty"] : [])];
        // A field that is not understood the first time is none that is given twice.
        const { message } = JSON.parse(err).error;
        expect(messages).toContain(message.includes("given twice") ? messages[0] : message);
      }
    }
  };
  await fc.assert(fc.asyncProperty(anyText(handles), check), { numRuns: 100 });
  expect(seen.stored).toBeGreaterThan(10);
  expect(seen.refused).toBeGreaterThan(10);
});
