/** A line of iCalendar (RFC 5545, section 3.1), with its name and parameters in capitals, counted from 1 where it begins. */
export type ContentLine = {
  readonly line: number;
  readonly name: string;
  readonly params: ReadonlyMap<string, string>;
  readonly value: string;
};

/** A component with its lines and what is within it. */
export type Component = {
  readonly line: number;
  readonly name: string;
  readonly lines: readonly ContentLine[];
  readonly parts: readonly Component[];
};

/** A component that began and did not end, or a line that is none. */
export type IcsProblem = { readonly line: number; readonly problem: string };

const LINE = /^([A-Za-z0-9-]+)((?:;[^=;:"]+=(?:"[^"]*"|[^";:])*)*):(.*)$/s;
const PARAM = /;([^=;:"]+)=((?:"[^"]*"|[^";:])*)/g;

type Open = {
  readonly line: number;
  readonly name: string;
  readonly lines: ContentLine[];
  readonly parts: Component[];
};

/** The components of a text, of which one may have several calendars. */
export function readComponents(text: string): { readonly components: Component[]; readonly problems: IcsProblem[] } {
  const components: Component[] = [];
  const problems: IcsProblem[] = [];
  const open: Open[] = [];
  for (const { content, line } of unfold(text)) {
    const read = readLine(content, line);
    if (read === null) problems.push({ line, problem: "this is no line of iCalendar" });
    else if (read.name === "BEGIN") open.push({ line, name: read.value.toUpperCase(), lines: [], parts: [] });
    else if (read.name === "END") {
      const ended = open.pop();
      if (ended?.name !== read.value.toUpperCase())
        problems.push({ line, problem: `${read.value} ends that has not begun` });
      else (open.at(-1)?.parts ?? components).push(ended);
    } else open.at(-1)?.lines.push(read);
  }
  for (const { line, name } of open) problems.push({ line, problem: `${name} has no end` });
  return { components, problems };
}

/** Joins what goes on in the next line, which begins with a space then. */
function* unfold(text: string): Generator<{ readonly content: string; readonly line: number }> {
  let [content, line] = ["", 0];
  for (const [at, each] of text.split(/\r?\n/).entries()) {
    if (line > 0 && /^[ \t]/.test(each)) content += each.slice(1);
    else {
      if (content.trim() !== "") yield { content, line };
      [content, line] = [each, at + 1];
    }
  }
  if (content.trim() !== "") yield { content, line };
}

function readLine(content: string, line: number): ContentLine | null {
  const [, name, given = "", value = ""] = LINE.exec(content) ?? [];
  if (name === undefined) return null;
  const params = [...given.matchAll(PARAM)].map(
    ([, key = "", text = ""]) => [key.toUpperCase(), text.replaceAll('"', "")] as const,
  );
  return { line, name: name.toUpperCase(), params: new Map(params), value };
}

/** A text as it was meant (section 3.3.11). */
export function unescapeText(value: string): string {
  return value.replaceAll(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === "n" ? "\n" : sign));
}

/** The texts of a list, whose commas are no part of them. */
export function splitTexts(value: string): readonly string[] {
  return [...value.matchAll(/((?:\\.|[^\\,])+)/gs)].map(([text]) => unescapeText(text));
}
