import { Database } from "bun:sqlite";
import { stopChildren } from "../children.ts";
import { type Finding, findTimes } from "./finding.ts";
import { openPlace } from "./place.ts";

/** Between two looks at what the other device has, and for which it may be waited. */
const [POLL_INTERVAL_MS, ARRIVAL_TIMEOUT_MS] = [1, 10_000];
const EDIT_INTERVAL_MS = 250;

/** Measures the time from the start of `todo sync` with one new task to where a device with `todo sync --watch` has it. */
export async function measureWatch(folder: string, rounds: number): Promise<Finding[]> {
  const place = await openPlace(folder);
  const [writing, watching] = [place.newDevice(), place.newDevice()];
  for (const device of [writing, watching]) await place.logIn(device);
  await watching.run(["sync"]);
  const seen = new Database(watching.database, { readonly: true });
  const count = () => seen.query<{ tasks: number }, []>("select count(*) as tasks from tasks").get()?.tasks;
  watching.start("sync", "--watch");
  const times: number[] = [];
  // The first one shows that the other one listens.
  for (let round = 0; round <= rounds; round += 1) {
    await Bun.sleep(EDIT_INTERVAL_MS);
    await writing.run(["add", `Water the tomatoes, ${round} times`]);
    const begin = performance.now();
    const sending = writing.run(["sync"]);
    while (count() !== round + 1) {
      if (performance.now() > begin + ARRIVAL_TIMEOUT_MS) throw new Error("the edit did not reach the other device");
      await Bun.sleep(POLL_INTERVAL_MS);
    }
    times.push(performance.now() - begin);
    await sending;
  }
  seen.close();
  await stopChildren();
  return findTimes("`todo sync` with one new task, to `todo sync --watch` elsewhere", times.slice(1));
}
