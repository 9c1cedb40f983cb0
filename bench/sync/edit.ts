import { stopChildren } from "../children.ts";
import type { Device } from "./device.ts";
import { type Finding, findTimes, quantile } from "./finding.ts";
import { openPlace } from "./place.ts";

const MAX_MORE_MS = 5;
const KINDS = ["on", "off"] as const;
/** Commands of one kind in a row, in a burst. */
const BURST = 25;

type Times = Readonly<Record<(typeof KINDS)[number], number[]>>;

/** Measures `todo add` on a device that follows a server, with and without syncing in the background. */
export async function measureEdits(folder: string, rounds: number): Promise<Finding[]> {
  const place = await openPlace(folder);
  const device = place.newDevice();
  await place.logIn(device);
  await addInTurns(device, 1, 1);
  const alone = await addInTurns(device, rounds, 1);
  const burst = await addInTurns(device, Math.ceil(rounds / BURST), BURST);
  await stopChildren();
  return [...compare("`todo add`", alone, MAX_MORE_MS), ...compare(`\`todo add\`, ${BURST} in a row`, burst)];
}

/** Each kind in turns, so many in a row. What runs in the background has ended before the other kind begins. */
async function addInTurns(device: Device, rounds: number, inRow: number): Promise<Times> {
  const times: Times = { on: [], off: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of KINDS) {
      for (let at = 0; at < inRow; at += 1) {
        const args = ["add", `Water the tomatoes, ${round} times ${at}`];
        times[kind].push(await device.time(args, { env: { TODO_SYNC_AUTO: kind } }));
      }
      await device.untilAlone();
    }
  }
  return times;
}

function compare(what: string, { on, off }: Times, most?: number): Finding[] {
  const more = (part: number) => quantile(on, part) - quantile(off, part);
  const wanted = most !== undefined && { most };
  return [
    ...findTimes(`${what}, no sync in the background`, off),
    ...findTimes(`${what}, a sync in the background`, on),
    { what: `${what}, how much longer with it: p50`, found: more(0.5), unit: "ms", ...wanted },
    { what: `${what}, how much longer with it: p95`, found: more(0.95), unit: "ms", ...wanted },
  ];
}
