import { readFileSync } from "node:fs";

/** The bytes of the last arguments of this process, or null if the system does not show them (it has no `/proc`). */
export function readArgumentBytes(count: number): readonly Uint8Array[] | null {
  try {
    const line = readFileSync("/proc/self/cmdline");
    return splitAtZeros(line).slice(-count);
  } catch {
    return null;
  }
}

function splitAtZeros(line: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  for (let start = 0; start < line.length;) {
    const end = line.indexOf(0, start);
    parts.push(line.subarray(start, end));
    start = end + 1;
  }
  return parts;
}
