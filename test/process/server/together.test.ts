import { describe, expect, test } from "bun:test";
import { useHomes } from "../../support/cli/home.ts";
import { startServer, tokenOf } from "../../support/server/server.ts";

const newHome = useHomes();

function numbered(name: string, count: number): string[] {
  return Array.from({ length: count }, (_, number) => `${name} ${number}`);
}

describe("the CLI and the server on one database", () => {
  test("see at once what the other did", async () => {
    const home = newHome();
    const server = await startServer(home);
    const token = await tokenOf(home);
    await home.print("add", "by the CLI");
    const { body } = await server.ask("GET", "/api/tasks", { token });
    expect(body).toMatchObject([{ title: "by the CLI" }]);
    const made = await server.ask("POST", "/api/tasks", { token, json: { title: "by the server" } });
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["by the CLI", "by the server"]);

    await home.print("done", body[0].handle);
    await home.print("edit", made.body.handle, "--title", "changed by the CLI");
    const { body: changed } = await server.ask("GET", "/api/tasks", { token });
    expect(changed).toMatchObject([
      { title: "by the CLI", completed: true },
      { title: "changed by the CLI", completed: false },
    ]);
    expect((await server.ask("DELETE", `/api/tasks/${made.body.id}`, { token })).status).toBe(204);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["by the CLI"]);
    // The log of the CLI knows what the server did, and takes it back.
    await home.print("undo");
    expect(await server.ask("GET", `/api/tasks/${made.body.id}`, { token })).toMatchObject({
      status: 200,
      body: { title: "changed by the CLI" },
    });
  });

  test("both write at the same moment, and nothing is lost", async () => {
    const home = newHome();
    const server = await startServer(home);
    const token = await tokenOf(home);
    const [byCli, byServer] = [numbered("cli", 20), numbered("server", 20)];
    const [ends, replies] = await Promise.all([
      Promise.all(byCli.map((title) => home.todo("add", title))),
      Promise.all(byServer.map((title) => server.ask("POST", "/api/tasks", { token, json: { title } }))),
    ]);
    expect(ends.filter(({ exitCode, err }) => exitCode !== 0 || err !== "")).toEqual([]);
    expect(replies.filter(({ status }) => status !== 201)).toEqual([]);
    const { body } = await server.ask("GET", "/api/tasks", { token });
    const titles = body.map(({ title }: { title: string }) => title).toSorted();
    expect(titles).toEqual([...byCli, ...byServer].toSorted());
    expect(await home.print("doctor")).toBe(`${home.db}: sound\n`);
  });

  test("don't trouble each other over one task: of twenty editors of a version one wins", async () => {
    const home = newHome();
    const [server, other] = [await startServer(home), await startServer(home)];
    const token = await tokenOf(home);
    const { body, headers } = await server.ask("POST", "/api/tasks", { token, json: { title: "Pay rent" } });
    const etag = headers.get("etag") ?? "";
    const edits = numbered("title", 20).map((title, number) =>
      (number % 2 === 0 ? server : other).ask("PATCH", `/api/tasks/${body.id}`, {
        token,
        json: { title },
        headers: { "if-match": etag },
      }),
    );
    const replies = await Promise.all([...edits, home.todo("edit", body.handle, "+home")]);
    const statuses = replies.flatMap((reply) => ("status" in reply ? [reply.status] : []));
    expect(statuses.filter((status) => status !== 200 && status !== 412 && status !== 409)).toEqual([]);
    expect(statuses.filter((status) => status === 200).length).toBeLessThanOrEqual(1);
    const [task] = await home.tasks();
    expect(task?.tags).toEqual(["home"]);
  });
});

describe("two servers on one database", () => {
  test("have the same secret and the same tasks, and both write at the same moment", async () => {
    const home = newHome();
    const servers = await Promise.all([startServer(home), startServer(home)]);
    const token = await tokenOf(home);
    const titles = servers.map((_, number) => numbered(`server ${number}`, 20));
    const replies = await Promise.all(
      servers.flatMap((server, number) =>
        (titles[number] ?? []).map((title) => server.ask("POST", "/api/tasks", { token, json: { title } })),
      ),
    );
    expect(replies.filter(({ status }) => status !== 201)).toEqual([]);
    const lists = await Promise.all(servers.map((server) => server.ask("GET", "/api/tasks", { token })));
    expect(lists[0]?.body).toEqual(lists[1]?.body);
    expect(lists[0]?.body.map(({ title }: { title: string }) => title).toSorted()).toEqual(titles.flat().toSorted());
  });

  test("don't end each other: what one leaves behind the other goes on with", async () => {
    const home = newHome();
    const [first, second] = [await startServer(home), await startServer(home)];
    const token = await tokenOf(home);
    expect((await first.ask("POST", "/api/tasks", { token, json: { title: "first" } })).status).toBe(201);
    expect((await first.kill("SIGTERM")).exitCode).toBe(0);
    expect((await second.ask("POST", "/api/tasks", { token, json: { title: "second" } })).status).toBe(201);
    expect((await second.kill("SIGTERM")).exitCode).toBe(0);
    expect((await home.tasks()).map(({ title }) => title)).toEqual(["first", "second"]);
  });
});

test("a request that is sent again with its id makes one task, also after the server was killed in between", async () => {
  const home = newHome();
  const first = await startServer(home);
  const token = await tokenOf(home);
  const json = { id: Bun.randomUUIDv7(), title: "Pay rent" };
  expect((await first.ask("POST", "/api/tasks", { token, json })).status).toBe(201);
  await first.kill("SIGKILL");
  const second = await startServer(home);
  expect((await second.ask("POST", "/api/tasks", { token, json })).status).toBe(200);
  expect(await home.tasks()).toHaveLength(1);
});
