import type { Ended, Terminal } from "./terminal.ts";

/** A command and what it said, as a golden file has it: standard error behind `2>`, the exit code unless it is 0. */
export function formatRun(argv: readonly string[], { code, out, err }: Ended): string {
  const said = err
    .split("\n")
    .slice(0, -1)
    .map((line) => `2> ${line}\n`);
  const unfinished = err.endsWith("\n") || err === "" ? "" : `2> ${err.split("\n").at(-1) ?? ""} (no line end)\n`;
  const exit = code === 0 ? "" : `exit ${code}\n`;
  return `$ ${["todo", ...argv].map(quote).join(" ")}\n${out}${said.join("")}${unfinished}${exit}`;
}

/** Runs the commands one after another. The name of the device, which is new for every database, becomes `a1b2c3d4`. */
export async function record(terminal: Terminal, commands: readonly (readonly string[])[]): Promise<string> {
  const parts: string[] = [];
  for (const argv of commands) parts.push(formatRun(argv, await terminal.run(...argv)));
  const { device: node }: { device: string } = JSON.parse(await terminal.print("info", "--json"));
  return parts.join("\n").replaceAll(node, "a1b2c3d4").replaceAll("\u001b", "␛");
}

/** As a shell would need it, long arguments shortened. */
function quote(argument: string): string {
  const short = argument.length > 40 ? `${argument.slice(0, 40)}…` : argument;
  return /^[\w:./+=-]+…?$/.test(short) ? short : JSON.stringify(short);
}
