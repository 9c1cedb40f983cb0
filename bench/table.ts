import { type Figure, type Figures, median } from "./measure.ts";
import { formatRows } from "./page.ts";

/** A Markdown table: a command a row, for each size the median time, how many empty programs that is, and the largest memory. */
export function formatTable(figures: Figures, sizes: readonly number[]): string {
  const names = [...new Set([...figures.keys()].map((key) => key.split("\t")[0] ?? ""))];
  const header = ["command", ...sizes.map((size) => `${size.toLocaleString("en")} tasks`), "memory at most"];
  const rows = names.map((name) => {
    const ofName = sizes.map((size) => figures.get(`${name}\t${size}`));
    const cells = sizes.map((size, at) => formatTime(ofName[at], figures.get(`empty program\t${size}`)));
    const memory = ofName.flatMap((figure) => figure?.megabytes ?? []);
    return { name, cells, memory: memory.length === 0 ? "–" : `${Math.max(...memory).toFixed(0)} MB` };
  });
  return formatRows(
    header,
    rows.map(({ name, cells, memory }) => [name, ...cells, memory]),
  );
}

function formatTime(figure: Figure | undefined, empty: Figure | undefined): string {
  if (!figure || !empty) return "–";
  const time = median(figure.times);
  return `${time < 100 ? time.toFixed(1) : time.toFixed(0)} ms (${(time / median(empty.times)).toFixed(1)}×)`;
}
