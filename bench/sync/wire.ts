import { stopChildren } from "../children.ts";
import { median } from "../measure.ts";
import type { Finding } from "./finding.ts";
import { openPlace } from "./place.ts";
import { startRecorder } from "./recorder.ts";
import { createWriter, type Dated, writeTasks } from "./tasks.ts";

const BATCH = 100;
const [MAX_NEW_BYTES, MAX_CHANGE_BYTES] = [150, 60];

type Bytes = { readonly sent: number; readonly received: number };

/** Measures the bodies of exchanges as the built program and the server send them, in batches of 100 tasks. */
export async function measureWire(folder: string, rounds: number): Promise<Finding[]> {
  const place = await openPlace(folder);
  const recorder = startRecorder(place.url);
  const [writing, reading] = [place.newDevice(), place.newDevice()];
  for (const device of [writing, reading]) await place.logIn(device, recorder.origin);
  /** Bytes for each task, there and back. */
  const bring = async (dated: readonly Dated[]): Promise<Bytes> => {
    await writeTasks(writing.database, dated);
    await writing.run(["sync"]);
    const sent = Math.max(...recorder.take().map((each) => each.sent)) / BATCH;
    await reading.run(["sync"]);
    const received = Math.max(...recorder.take().map((each) => each.received)) / BATCH;
    return { sent, received };
  };
  const writer = createWriter();
  const [drafts, changes]: [Bytes[], Bytes[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const batch = Array.from({ length: BATCH }, writer.draft);
    drafts.push(await bring(batch));
    changes.push(await bring(batch.map(({ edit }) => writer.change(edit.id))));
  }
  await recorder.stop();
  await stopChildren();
  return [
    ...findBytes("new task", drafts, MAX_NEW_BYTES),
    ...findBytes("change of two fields", changes, MAX_CHANGE_BYTES),
  ];
}

function findBytes(what: string, bytes: readonly Bytes[], most: number): Finding[] {
  const found = (direction: keyof Bytes) => median(bytes.map((each) => each[direction]));
  return [
    { what: `on the wire for each ${what}, sent`, found: found("sent"), unit: "bytes", most },
    { what: `on the wire for each ${what}, received`, found: found("received"), unit: "bytes", most },
  ];
}
