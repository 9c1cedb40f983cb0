import { resolve } from "node:path";
import { z } from "zod";
import { keepTrack } from "../children.ts";

const SCRIPT = resolve(import.meta.dir, "requests.lua");

const outcome = z.object({
  requests: z.int(),
  microseconds: z.int(),
  /** Replies that say that something went wrong, and those that did not come. */
  refused: z.int(),
  broken: z.int(),
  quantiles: z.array(z.number()).length(1000),
});

/** What a side did in a case, of all rounds together. Latencies are in milliseconds. */
export type Figure = {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly errors: number;
};

export type Round = z.infer<typeof outcome>;

export type Load = { readonly requests: string; readonly connections: number; readonly seconds: number };

/** Throws with what to do where wrk is not installed. */
export function findWrk(): string {
  const wrk = Bun.which("wrk");
  if (wrk !== null) return wrk;
  throw new Error("wrk is not installed, which sends the requests. On Debian and Ubuntu: apt-get install wrk");
}

/** Sends requests as fast as they are answered, from one thread, because the server needs the other processor. */
export async function runWrk(url: string, { requests, connections, seconds }: Load): Promise<Round> {
  const load = ["--threads", "1", "--connections", String(connections), "--duration", `${seconds}s`];
  const command = [findWrk(), ...load, "--script", SCRIPT, url, "--", requests];
  const child = keepTrack(Bun.spawn(command, { stdin: "ignore", stdout: "pipe", stderr: "pipe" }));
  const [out, err, exitCode] = await Promise.all([child.stdout.text(), child.stderr.text(), child.exited]);
  const line = out.trimEnd().split("\n").at(-1) ?? "";
  if (exitCode !== 0 || !line.startsWith("{")) throw new Error(`wrk ended with ${exitCode}: ${err}${out}`);
  return outcome.parse(JSON.parse(line));
}

/** Puts rounds together. A round's quantiles stand for as many requests as it had. */
export function sumUp(rounds: readonly Round[]): Figure {
  const total = (pick: (round: Round) => number) => rounds.reduce((sum, round) => sum + pick(round), 0);
  const weighted = rounds
    .flatMap(({ quantiles, requests }) => quantiles.map((latency) => ({ latency, requests: requests / 1000 })))
    .toSorted((one, other) => one.latency - other.latency);
  const requests = total((round) => round.requests);
  const quantile = (part: number) => {
    let rank = 0;
    const found = weighted.find((entry) => (rank += entry.requests) >= part * requests);
    return (found?.latency ?? 0) / 1000;
  };
  return {
    perSecond: requests / (total((round) => round.microseconds) / 1e6),
    p50: quantile(0.5),
    p99: quantile(0.99),
    errors: total(({ refused, broken }) => refused + broken),
  };
}
