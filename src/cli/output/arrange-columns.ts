/** A column, the width that all of its texts have room in, and the least that it may get. */
export type SizedColumn<Name> = { readonly name: Name; readonly most: number; readonly least: number };

/** A column with its width. */
export type PlacedColumn<Name> = { readonly name: Name; readonly width: number };

/** What a row has to fit into, and what stands between two columns. */
type Room = { readonly columns: number; readonly gap: number };

/** How far the lines of a row behind its first one are indented. */
export const FOLD_INDENT = 2;

/**
 * Puts columns beside each other in their order, on as many lines as they take at their least widths. What is left of a
 * line goes to the columns that need more, and to `flexible` last.
 */
export function arrangeColumns<Name>(
  columns: readonly SizedColumn<Name>[],
  flexible: Name,
  room: Room,
): PlacedColumn<Name>[][] {
  const lines: SizedColumn<Name>[][] = [];
  for (const column of columns) {
    const line = lines.at(-1);
    if (line && sumWidths([...line, column], room) <= roomOfLine(lines.length - 1, room)) line.push(column);
    else lines.push([column]);
  }
  return lines.map((line, at) => widenColumns(line, flexible, roomOfLine(at, room) - sumWidths(line, room)));
}

function widenColumns<Name>(line: readonly SizedColumn<Name>[], flexible: Name, spare: number): PlacedColumn<Name>[] {
  const widths = new Map(line.map(({ name, least }) => [name, Math.max(1, least + Math.min(0, spare))]));
  let left = Math.max(0, spare);
  for (const { name, most, least } of line.toSorted((one, other) => compareNeed(one.name, other.name, flexible))) {
    const more = Math.min(left, most - least);
    widths.set(name, (widths.get(name) ?? 0) + more);
    left -= more;
  }
  return line.map(({ name }) => ({ name, width: widths.get(name) ?? 0 }));
}

function compareNeed<Name>(one: Name, other: Name, flexible: Name): number {
  return Number(one === flexible) - Number(other === flexible);
}

function sumWidths(line: readonly { readonly least: number }[], { gap }: Room): number {
  return line.reduce((sum, { least }) => sum + least, gap * (line.length - 1));
}

function roomOfLine(at: number, { columns }: Room): number {
  return at === 0 ? columns : columns - FOLD_INDENT;
}
