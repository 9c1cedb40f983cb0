import { readFileSync } from "node:fs";

const [HEADER, FRAME_HEADER] = [32, 24];

/** How many transactions the -wal of a database has, by its format (https://www.sqlite.org/fileformat2.html#walformat). */
export function countCommits(path: string): number {
  const wal = readFileSync(`${path}-wal`);
  const frame = FRAME_HEADER + wal.readUInt32BE(8);
  const frames = Array.from({ length: (wal.length - HEADER) / frame }, (_, number) => HEADER + number * frame);
  // The last frame of a transaction has the size of the database, all others 0.
  return frames.filter((start) => wal.readUInt32BE(start + 4) > 0).length;
}
