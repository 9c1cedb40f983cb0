import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { join } from "node:path";
import { type Home, useHomes } from "../../support/cli/home.ts";
import { eventually, type Server, startServer, tokenOf } from "../../support/server/server.ts";

const newHome = useHomes();

const ROUNDS = 6;
const AT_ONCE = 100;
const MAX_ANSWERS = 500;

type Shift = { readonly server: Server; readonly token: string; readonly round: number };

/** Makes tasks over 100 connections until the server is gone, and tells of the ids of those that it answered with 201. */
async function addUntilGone({ server, token, round }: Shift, onAnswer: (id: string) => void): Promise<void> {
  const work = async (worker: number) => {
    for (let number = 0; ; number += 1) {
      const json = { title: `task ${round}.${worker}.${number}` };
      const reply = await server.ask("POST", "/api/tasks", { token, json }).catch(() => undefined);
      if (!reply) return;
      expect(reply.status).toBe(201);
      onAnswer(reply.body.id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, (_, worker) => work(worker)));
}

/** One life of a server, which ends in the middle of its work. Answers the ids of the tasks that it said it made. */
async function liveAndDie(home: Home, token: string, round: number): Promise<string[]> {
  const server = await startServer(home);
  const answered: string[] = [];
  const work = addUntilGone({ server, token, round }, (id) => answered.push(id));
  const enough = Math.random() * MAX_ANSWERS;
  await eventually("it has answered some", () => answered.length > enough);
  await Bun.sleep(Math.random() * 10);
  expect(await server.kill("SIGKILL")).toMatchObject({ signal: "SIGKILL" });
  await work;
  return answered;
}

// Slow: 6 servers that work for some 200 milliseconds each.
test("a server that is killed under load loses no task that it answered with 201, and the file is sound", async () => {
  const home = newHome();
  const token = await tokenOf(home);
  const answered: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    answered.push(...(await liveAndDie(home, token, round)));
    expect(await home.print("doctor")).toBe(`${home.db}: sound\n`);
    const kept = new Set((await home.tasks()).map(({ id }) => id));
    expect(answered.filter((id) => !kept.has(id))).toEqual([]);
  }
  // What the last life left behind is no hindrance to the next.
  const server = await startServer(home);
  const reply = await server.ask("POST", "/api/tasks", { token, json: { title: "the last" } });
  expect(reply.status).toBe(201);
  expect((await server.kill("SIGTERM")).exitCode).toBe(0);
  const titles = (await home.tasks()).map(({ title }) => title);
  expect(titles.at(-1)).toBe("the last");
  expect(new Set(titles).size).toBe(titles.length);
});

// The kernel keeps what a killed process wrote. Only a disk that refuses to sync shows whether anybody waits for it.
test.each([
  ["none", 201],
  ["no-sync", 500],
])("a task is answered with 201 only when the disk has it: %s", async (limit, status) => {
  const home = newHome();
  await home.print("add", "first");
  // A reader keeps the -wal file. From the second write into it on only synchronous=FULL syncs.
  const reader = new Database(home.db, { readonly: true });
  reader.run("begin");
  reader.query("select count(*) from tasks").get();
  await home.print("add", "second");
  const token = await tokenOf(home);
  const wrap = [process.execPath, join(import.meta.dir, "../../support/children/limited.ts"), limit];
  const server = await startServer(home, { wrap });
  expect((await server.ask("POST", "/api/tasks", { token, json: { title: "third" } })).status).toBe(status);
  const { body } = await server.ask("GET", "/api/tasks", { token });
  expect(body).toHaveLength(status === 201 ? 3 : 2);
  reader.close(true);
});
