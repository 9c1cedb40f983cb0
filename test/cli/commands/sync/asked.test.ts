import { describe, expect, test } from "bun:test";
import { run } from "../../../../src/cli/run.ts";
import { LOCAL_USER } from "../../../../src/services/workspace.ts";
import { MINUTE } from "../../../support/server/account-api.ts";
import { type Device, SITE, useOnline } from "../../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../../support/cli/terminal.ts";

const goOnline = useOnline();

/** A device that follows a server and has something to bring. */
async function openWithMilk() {
  const online = await goOnline();
  const laptop = await online.signUp();
  const task = await laptop.add("Milk");
  return { online, laptop, task };
}

/** Another process that syncs for so many milliseconds. */
async function occupy({ io, setup }: Device, ms: number): Promise<void> {
  const { openReplica } = await io.openStore(":memory:");
  await openReplica(LOCAL_USER).lease("other", setup.now, ms);
}

describe("`todo sync` while another process syncs", () => {
  test("waits for it and then does its own", async () => {
    const { laptop } = await openWithMilk();
    await occupy(laptop, 6000);
    laptop.setup.step = 1000;
    expect(await laptop.run("sync")).toEqual({ code: 0, out: "Sent 1 task\n", err: "" });
  });

  test("turns something on a terminal meanwhile, which is gone at the end", async () => {
    const { laptop } = await openWithMilk();
    await occupy(laptop, 6000);
    Object.assign(laptop.setup, ON_A_TERMINAL, { step: 1000 });
    const { err } = await laptop.run("sync");
    expect(err).toStartWith("\r⠋ Another process is syncing\r⠙ Another process");
    expect(err).toEndWith("\r\u001b[K");
  });

  test("waits as long as for one that was killed in the middle", async () => {
    const { laptop } = await openWithMilk();
    await occupy(laptop, 30_000);
    laptop.setup.step = 6000;
    expect(await laptop.run("sync")).toEqual({ code: 0, out: "Sent 1 task\n", err: "" });
  });

  test("gives up after 35 seconds", async () => {
    const { laptop } = await openWithMilk();
    await occupy(laptop, 2 * MINUTE);
    const begin = laptop.setup.now;
    laptop.setup.step = 6000;
    const { code, err } = await laptop.run("sync");
    expect([code, err]).toEqual([5, "todo: another process is syncing\n"]);
    expect(laptop.setup.now - begin).toBeWithin(35_000, 60_000);
  });
});

describe("the progress of `todo sync`", () => {
  test("is on the terminal where it takes longer than a second, and gone at the end", async () => {
    const { laptop } = await openWithMilk();
    Object.assign(laptop.setup, ON_A_TERMINAL, { step: 300 });
    const { out, err } = await laptop.run("sync");
    expect(out).toBe("Sent 1 task\n");
    expect(err).toStartWith("\rSyncing: sent 1, received 0\u001b[K");
    expect(err).toEndWith("\r\u001b[K");
  });

  test("is not shown where it is over before, and nowhere but on a terminal", async () => {
    const { laptop } = await openWithMilk();
    Object.assign(laptop.setup, ON_A_TERMINAL);
    expect((await laptop.run("sync")).err).toBe("");
    Object.assign(laptop.setup, { terminals: [], step: 300 });
    expect((await laptop.run("sync")).err).toBe("");
  });

  test("is gone before an error is printed", async () => {
    const { online, laptop } = await openWithMilk();
    // More than one exchange brings.
    laptop.setup.stdin = "Tea\n".repeat(500);
    await laptop.print("add", "-");
    Object.assign(laptop.setup, ON_A_TERMINAL, { step: 300 });
    let count = 0;
    online.state.network = (_, pass) => {
      count += 1;
      return count > 1 ? Promise.reject(new Error("cut")) : pass();
    };
    expect((await laptop.run("sync")).err).toContain("\r\u001b[Ktodo: todo.example.com can't be reached\n");
  });
});

describe("the summary of `todo sync`", () => {
  test("says how many edits lost to later ones", async () => {
    const { online, laptop, task } = await openWithMilk();
    await laptop.print("sync");
    const phone = await online.logIn();
    await phone.print("sync");
    await laptop.print("edit", task.handle, "--title", "Oat milk");
    online.goOn(1000);
    await phone.print("edit", task.handle, "--title", "Soy milk");
    await phone.print("sync");
    const { out, err } = await laptop.run("sync");
    expect([out, err]).toEqual(["Sent 1 task, received 1 task\n", "1 of your edits lost to later ones: todo log\n"]);
    expect(await laptop.print("log")).toContain('"Oat milk" → "Soy milk"');
  });

  test("says the same to programs", async () => {
    const { laptop } = await openWithMilk();
    const expected = { server: SITE, sent: 1, received: 0, rejected: 0, conflicts: 0 };
    expect(JSON.parse(await laptop.print("sync", "--json"))).toEqual(expected);
    expect(await laptop.run("sync", "--quiet")).toEqual({ code: 0, out: "", err: "" });
  });
});

describe("a server that speaks another version", () => {
  test("ends `todo sync` with 6 and what to do, and commands go on", async () => {
    const { online, laptop } = await openWithMilk();
    const problem = {
      type: "about:blank",
      title: "Upgrade Required",
      status: 426,
      code: "unsupported_protocol",
      detail: "this server speaks 2 to 3",
    };
    online.state.network = async () => Response.json(problem, { status: 426 });
    expect(await laptop.run("sync")).toEqual({
      code: 6,
      out: "",
      err: [
        "todo: todo.example.com: this server speaks 2 to 3",
        "  This program speaks 1. Update the older of the two.",
        "  Until then you can work offline, and nothing is lost.\n",
      ].join("\n"),
    });
    expect(await laptop.run("sync", "--background")).toEqual({ code: 0, out: "", err: "" });
    expect(await laptop.print("sync", "--status", "--json")).toContain('"code":"unsupported_protocol"');
    expect(await laptop.run("list")).toMatchObject({ code: 0, err: "" });
  });
});

describe("`todo sync --watch`", () => {
  test("ends at once when it is asked to while the server does not answer, and the next sync need not wait", async () => {
    const { online, laptop } = await openWithMilk();
    const [asked, stopped] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    online.state.network = ({ path, signal }) => {
      if (path === "/api/sync") asked.resolve();
      return new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason)));
    };
    const ended = run(["sync", "--watch"], { ...laptop.io, untilStopped: () => stopped.promise });
    await asked.promise;
    stopped.resolve();
    expect(await ended).toBe(0);
    online.state.network = (_, pass) => pass();
    expect(await laptop.print("sync")).toBe("Sent 1 task\n");
  });
});

describe("`todo sync --status`", () => {
  test("counts what is unsent", async () => {
    const { laptop } = await openWithMilk();
    expect(await laptop.print("sync", "--status")).toMatch(/^unsent +1 task$/m);
    await laptop.print("add", "Tea");
    expect(await laptop.print("sync", "--status")).toMatch(/^unsent +2 tasks$/m);
  });

  test("says whether it happens by itself", async () => {
    const { laptop } = await openWithMilk();
    expect(await laptop.print("sync", "--status")).toMatch(/^automatic +on$/m);
    laptop.setup.env["TODO_SYNC_AUTO"] = "off";
    expect(await laptop.print("sync", "--status")).toMatch(/^automatic +off$/m);
    expect(JSON.parse(await laptop.print("sync", "--status", "--json"))).toMatchObject({ auto: false, failure: null });
  });
});
