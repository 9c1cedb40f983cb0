import type { Replica } from "../../src/ports/replica.ts";

const MOST = 1000;

/** A replica that throws where it sends by itself what it has parked as deleted elsewhere: in the end that looks as if somebody had edited it. */
export function watchReplica(replica: Replica): Replica {
  const listParked = async () => new Set((await replica.backlog()).rejected.map(({ id }) => id));
  return {
    ...replica,
    startResync: async (base) => {
      const before = await listParked();
      await replica.startResync(base);
      const rejected = (await listParked()).difference(before);
      const sent = (await replica.outgoing(MOST)).changes.filter(({ id }) => rejected.has(id));
      if (sent.length > 0) throw new Error(`what was just parked is sent: ${sent.map(({ id }) => id).join(" ")}`);
    },
  };
}
