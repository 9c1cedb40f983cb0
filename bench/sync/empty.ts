import { stopChildren } from "../children.ts";
import { type Finding, findTimes } from "./finding.ts";
import { openPlace, type Place } from "./place.ts";
import { type Recorded, startRecorder } from "./recorder.ts";
import { createWriter, writeTasks } from "./tasks.ts";

const [MAX_MS, MAX_BYTES] = [5, 300];
const TASKS = 100;

export type EmptyCounts = { readonly processes: number; readonly requests: number };

/** Measures a sync that finds nothing to do: the whole process, and its one request over a connection that stays open. */
export async function measureEmpty(folder: string, { processes, requests }: EmptyCounts): Promise<Finding[]> {
  const place = await openPlace(folder);
  const device = place.newDevice();
  await place.logIn(device);
  await writeTasks(device.database, Array.from({ length: TASKS }, createWriter().draft));
  await device.run(["sync"]);
  const times: number[] = [];
  for (let round = 0; round < processes; round += 1) times.push(await device.time(["sync"]));
  const exchange = await recordEmpty(place);
  const asked = await askAgain(`${place.url}/api/sync`, exchange, requests);
  await stopChildren();
  return [
    ...findTimes("empty sync, the whole process", times),
    ...findTimes("empty sync, its request", asked, MAX_MS),
    { what: "empty sync, both bodies", found: exchange.sent + exchange.received, unit: "bytes", most: MAX_BYTES },
  ];
}

/** The exchange of a device that has everything. */
async function recordEmpty(place: Place): Promise<Recorded> {
  const recorder = startRecorder(place.url);
  const device = place.newDevice();
  await place.logIn(device, recorder.origin);
  await device.run(["sync"]);
  recorder.take();
  await device.run(["sync"]);
  const [exchange, ...others] = recorder.take();
  await recorder.stop();
  if (!exchange || others.length > 0) throw new Error("an empty sync was not one request");
  return exchange;
}

/** Sends the same request over a connection that stays open. */
async function askAgain(url: string, { headers, body }: Recorded, times: number): Promise<number[]> {
  const taken: number[] = [];
  for (let round = 0; round <= times; round += 1) {
    const begin = performance.now();
    const response = await fetch(url, { method: "POST", headers, body });
    await response.text();
    taken.push(performance.now() - begin);
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  }
  // The first one opens the connection.
  return taken.slice(1);
}
