import { readFileSync, writeFileSync } from "node:fs";
import { cpus, release, totalmem } from "node:os";
import { resolve } from "node:path";
import { version } from "../package.json";

const PAGE = resolve(import.meta.dir, "../docs/BENCHMARKS.md");

/** On what and with what was measured. `others` are versions beside those of todo and Bun. */
export function describeRun(command: string, others: readonly string[]): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `Machine: ${cpus().length} × ${cpu?.model ?? "unknown"}, ${memory} GiB, Linux ${release()}`,
    `Versions: ${[`todo ${version}`, `Bun ${Bun.version}`, ...others].join(", ")}`,
    `Command: ${command}, on ${new Date().toISOString().slice(0, 10)}`,
  ].join("\n");
}

/** A Markdown table: names to the left, all else to the right. */
export function formatRows(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = header.map((_, at) => (at === 0 ? "---" : "---:"));
  return [header, rule, ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Puts what was measured into docs/BENCHMARKS.md, between the two lines that say where the last run of this kind stands. */
export function writePage(kind: string, run: string, tables: string): void {
  const [begin, end] = [`<!-- begin of ${kind} -->\n`, `<!-- end of ${kind} -->\n`];
  const page = readFileSync(PAGE, "utf8");
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no place for ${kind}`);
  writeFileSync(PAGE, `${before}${begin}\n${run.replaceAll("\n", "  \n")}\n\n${tables}\n\n${end}${after}`);
  // Aligns the columns, as the check of the format wants them.
  Bun.spawnSync([process.execPath, "fmt", PAGE]);
  console.error(`${PAGE} has the table.`);
}
