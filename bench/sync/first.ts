import { rmSync, writeFileSync } from "node:fs";
import { stopChildren } from "../children.ts";
import { median } from "../measure.ts";
import { makeSample } from "../sample.ts";
import type { Finding } from "./finding.ts";
import { openPlace } from "./place.ts";

const MAX_MB = 200;

/** How many tasks, how often, and the seconds that are wanted. */
export type FirstCase = {
  readonly size: number;
  readonly rounds: number;
  readonly push?: number;
  readonly pull?: number;
};

type Round = Awaited<ReturnType<typeof measureRound>>;

/** Measures how long it takes to bring all tasks of a device to the server, and those to another one, as whole processes. */
export async function measureFirst(folder: string, { size, rounds, push, pull }: FirstCase): Promise<Finding[]> {
  const file = `${folder}/sample.ndjson`;
  writeFileSync(
    file,
    makeSample(size)
      .map((task) => `${JSON.stringify(task)}\n`)
      .join(""),
  );
  const measured: Round[] = [];
  for (let round = 0; round < rounds; round += 1) measured.push(await measureRound(folder, file));
  const tasks = size.toLocaleString("en");
  const most = (pick: (round: Round) => number | undefined) => Math.max(...measured.map((each) => pick(each) ?? 0));
  const seconds = (pick: (round: Round) => number) => median(measured.map(pick)) / 1000;
  const memory = { unit: "MB", most: MAX_MB } as const;
  return [
    time(
      `first push of ${tasks}`,
      seconds(({ pushed }) => pushed.ms),
      push,
    ),
    { what: "memory of the client", found: most(({ pushed }) => pushed.megabytes), ...memory },
    time(
      `first pull of ${tasks}`,
      seconds(({ pulled }) => pulled.ms),
      pull,
    ),
    { what: "memory of the client", found: most(({ pulled }) => pulled.megabytes), ...memory },
    { what: "memory of the server, for both", found: most(({ server }) => server), unit: "MB" },
  ];
}

function time(what: string, found: number, most: number | undefined): Finding {
  return { what, found, unit: "s", ...(most !== undefined && { most }) };
}

async function measureRound(within: string, file: string) {
  const place = await openPlace(within);
  const [first, second] = [place.newDevice(), place.newDevice()];
  // Before it is logged in, so that it is a first push.
  await first.run(["import", file]);
  await place.logIn(first);
  await place.logIn(second);
  const pushed = await first.measure("sync", "--yes");
  const pulled = await second.measure("sync");
  const server = place.measureMemory().most;
  await stopChildren();
  rmSync(place.folder, { recursive: true });
  return { pushed, pulled, server };
}
