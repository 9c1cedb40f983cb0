import { expect, test } from "bun:test";
import { createUserTurns, readInTurns } from "../../../src/server/http/turns.ts";
import { openInMemory } from "../../support/server/api.ts";

/** Asks for turns and answers whose they were, in their order. */
async function takeTurns(users: readonly string[]): Promise<string[]> {
  const waitForTurn = createUserTurns();
  const taken: string[] = [];
  await Promise.all(users.map((user) => waitForTurn(user).then(() => taken.push(user))));
  return taken;
}

test("whoever asks for much at once has every second turn, and the other comes next", async () => {
  expect(await takeTurns(["ann", "ann", "ann", "ann", "ben", "ben"])).toEqual([
    "ann",
    "ben",
    "ann",
    "ben",
    "ann",
    "ann",
  ]);
});

test("each turn is one of the event loop, in which others run", async () => {
  const waitForTurn = createUserTurns();
  const seen: string[] = [];
  const turns = [1, 2, 3].map((turn) => waitForTurn("ann").then(() => seen.push(`turn ${turn}`)));
  setImmediate(() => {
    seen.push("another");
    setImmediate(() => seen.push("another"));
  });
  await Promise.all(turns);
  expect(seen).toEqual(["turn 1", "another", "turn 2", "another", "turn 3"]);
});

test("who asks when nobody waits any more has a turn too", async () => {
  const waitForTurn = createUserTurns();
  for (const user of ["ann", "ben", "ann"]) await waitForTurn(user);
});

test("reads of a store that take turns let others in between", async () => {
  const waitForTurn = createUserTurns();
  const store = readInTurns(openInMemory(), () => waitForTurn("ann"));
  const seen: string[] = [];
  const reads = [
    store.get("ann", []).then(() => seen.push("get")),
    store.find("ann", { where: [] }).then(() => seen.push("find")),
  ];
  setImmediate(() => seen.push("another"));
  await Promise.all(reads);
  expect(seen).toEqual(["get", "another", "find"]);
});
