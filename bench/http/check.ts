import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { withoutOwn } from "./rows.ts";
import { type Operation, OPERATIONS, type Sample } from "./sample.ts";
import type { Service } from "./service.ts";

/**
 * Throws unless all sides answer the same to a request of each kind and leave the same rows behind. Anything else is no
 * comparison. `stop` ends them before their rows are read.
 */
export async function checkSides(sample: Sample, sides: readonly Service[], stop: () => Promise<void>): Promise<void> {
  for (const operation of OPERATIONS) {
    const lines = readLines(sample, operation).slice(0, 5);
    const isRead = operation === "list of 50" || operation === "get one";
    for (const line of lines) {
      const replies = await Promise.all(sides.map((side) => send(side, line)));
      expectSame(operation, sides, isRead ? replies : replies.map(withoutOwn));
    }
  }
  await stop();
  const rows = await Promise.all(sides.map((side) => side.readRows()));
  for (const table of ["users", "tasks", "history"] as const) {
    expectSame(
      table,
      sides,
      rows.map((each) => each[table]),
    );
  }
}

/** The requests of an operation, each as a line. Those of all users take turns. */
export function readLines({ requests }: Sample, operation: Operation): string[] {
  return readFileSync(requests[operation], "utf8").trimEnd().split("\n");
}

/** Sends a line of a file of requests. Throws for a reply that is none of success. */
export async function send({ url }: Service, line: string): Promise<{ status: number; body: unknown }> {
  const [method = "", path = "", token = "", user = "", body = ""] = line.split("\t");
  const headers = {
    authorization: `Bearer ${token}`,
    "x-user": user,
    ...(body && { "content-type": "application/json" }),
  };
  const response = await fetch(url + path, { method, headers, ...(body && { body }) });
  if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return { status: response.status, body: await response.json() };
}

function expectSame(what: string, sides: readonly Service[], found: readonly unknown[]): void {
  const [first, ...others] = found;
  const other = others.findIndex((each) => !isDeepStrictEqual(each, first));
  if (other === -1) return;
  const names = `${sides[0]?.name} and ${sides[other + 1]?.name}`;
  throw new Error(`${what}: ${names} differ\n${Bun.inspect(first)}\n${Bun.inspect(others[other])}`);
}
