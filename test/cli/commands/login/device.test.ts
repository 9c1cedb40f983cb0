import { describe, expect, test } from "bun:test";
import { EMAIL, type StartedDevice } from "../../../support/server/account-api.ts";
import { at } from "../../../support/stores/test-user.ts";
import { type Device, type Online, SITE, useOnline } from "../../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../../support/cli/terminal.ts";

const openOnline = useOnline();

const POLL = "/api/auth/device/token";
const LOGGED_IN = `Logged in as ${EMAIL} to todo.example.com\n`;

/** What is done before each poll, by its number from 1. What it answers takes the place of the server's reply. */
type BeforePoll = (number: number) => Promise<Response | void> | Response | void;

/** Somebody who has an account, a device that is not logged in yet, and the seconds after which it polled. */
async function openWaiting(before: (device: Device, ada: Device, online: Online) => BeforePoll) {
  const online = await openOnline();
  const ada = await online.signUp();
  const device = online.device(ON_A_TERMINAL);
  const act = before(device, ada, online);
  const begin = online.api.clock.now;
  const polls: number[] = [];
  online.state.network = async ({ path }, pass) => {
    if (path !== POLL) return pass();
    polls.push((online.api.clock.now - begin) / 1000);
    return (await act(polls.length)) ?? pass();
  };
  return { online, ada, device, polls, login: () => online.hurry(() => device.run("login", SITE)) };
}

function codeOf(device: Device): string {
  return new URL(at(device.pages, 0)).searchParams.get("user_code") ?? "";
}

/** What somebody answers on the page, who is logged in there. */
async function decide({ api }: Online, ada: Device, code: string, approve: boolean): Promise<void> {
  const as = ada.credentials()[SITE]?.["token"] ?? "";
  const { status } = await api.ask("POST", "/api/auth/device/decision", { as, json: { user_code: code, approve } });
  expect(status).toBe(204);
}

/** Lets the device in before this poll. */
function approveAt(poll: number) {
  return (device: Device, ada: Device, online: Online): BeforePoll =>
    async (number) => {
      if (number === poll) await decide(online, ada, codeOf(device), true);
    };
}

/** Makes the server say something else when a device asks to be let in. */
function alterOrder({ state }: Online, more: Partial<StartedDevice>): void {
  const { network } = state;
  state.network = async (asked, pass) => {
    const response = await network(asked, pass);
    if (asked.path !== "/api/auth/device") return response;
    const started: StartedDevice = JSON.parse(await response.text());
    expect(started.verification_uri).not.toStartWith(SITE);
    return Response.json({ ...started, ...more });
  };
}

function refusal(error: string, error_description?: string): Response {
  return Response.json({ error, error_description }, { status: 400 });
}

describe("`todo login URL` on a terminal", () => {
  test("shows a page and a code, opens the page, and is logged in when somebody lets it in there", async () => {
    const { device, polls, login, ada, online } = await openWaiting(approveAt(3));
    const { code, out, err } = await login();
    expect([code, out]).toEqual([0, LOGGED_IN]);
    const user = codeOf(device);
    expect(user).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    const page = `${SITE}/device?user_code=${user}`;
    expect(err).toStartWith(`Open ${page}\nand let this device in. Its code is ${user}\n\r⠋ Waiting for you`);
    expect(device.pages).toEqual([page]);
    expect(polls).toEqual([5, 10, 15]);
    expect(device.config()).toEqual({ server: SITE });
    expect(JSON.parse(await ada.print("sessions", "--json"))).toHaveLength(2);
    await device.print("sessions");
    expect(online.paths()).toContain("POST /api/auth/device");
  });

  test("turns something while it waits, and takes it away at the end", async () => {
    const { login } = await openWaiting(approveAt(1));
    const [, ...frames] = (await login()).err.split("\r");
    expect(frames).toHaveLength(51);
    expect(new Set(frames.slice(0, -1).map((frame) => frame.slice(1)))).toEqual(
      new Set([" Waiting for you to let this device in"]),
    );
    expect(new Set(frames.slice(0, -1).map(([first]) => first)).size).toBe(10);
    expect(frames.at(-1)).toBe("\u001b[K");
  });

  test("turns nothing where standard error is no terminal", async () => {
    const { device, login } = await openWaiting(approveAt(1));
    device.setup.terminals = ["in"];
    expect((await login()).err.split("\n")).toEqual([expect.any(String), expect.any(String), ""]);
  });

  test("says it to programs, which still see page and code", async () => {
    const { device, online } = await openWaiting(approveAt(1));
    const { out, err } = await online.hurry(() => device.run("login", SITE, "--json"));
    expect(JSON.parse(out)).toMatchObject({ email: EMAIL, server: SITE });
    expect(err).toContain(`Open ${SITE}/device?user_code=`);
  });

  test("ends the session of the login before", async () => {
    const { online, device, login } = await openWaiting(approveAt(1));
    device.keep(
      await online.api.logIn().then(({ access_token, refresh_token }) => ({ token: access_token, refresh_token })),
    );
    const { token = "" } = device.credentials()[SITE] ?? {};
    expect(await online.api.knock(token)).toBe(200);
    expect((await login()).code).toBe(0);
    expect(await online.api.knock(token)).toBe(401);
  });
});

describe("the page that is shown and opened", () => {
  test.each<[string, Partial<StartedDevice>, string]>([
    ["whatever the server calls itself", {}, "localhost"],
    ["wherever the server would like people to go", { verification_uri: "https://evil.test/" }, "evil"],
    ["wherever the server would like browsers to go", { verification_uri_complete: "https://evil.test/" }, "evil"],
  ])("is that of the address that was typed, %s", async (_, more, foreign) => {
    const { online, device } = await openWaiting(approveAt(1));
    alterOrder(online, more);
    const { err } = await online.hurry(() => device.run("login", SITE));
    expect(at(device.pages, 0)).toStartWith(`${SITE}/device?user_code=`);
    expect(err).not.toContain(foreign);
  });

  test("can't be made another one, nor the screen be commanded, by a code", async () => {
    const { online, device } = await openWaiting(() => () => refusal("access_denied"));
    alterOrder(online, { user_code: "@evil.test/#\u001b[2J\n\u202e" });
    const { err } = await online.hurry(() => device.run("login", SITE));
    expect(device.pages).toEqual([`${SITE}/device?user_code=%40evil.test%2F%23%1B%5B2J%0A%E2%80%AE`]);
    expect(err).toContain("Its code is @evil.test/#\\e[2J\\n\\u{202e}\n");
  });
});

describe("a device that waits", () => {
  test("is told that it was refused", async () => {
    const { device, login, polls } = await openWaiting((waiting, ada, online) => async (number) => {
      if (number === 2) await decide(online, ada, codeOf(waiting), false);
    });
    const { code, out, err } = await login();
    expect([code, out]).toEqual([4, ""]);
    expect(err).toEndWith("\u001b[Ktodo: the device was denied in the browser\n");
    expect([polls, [...device.kept], device.config()]).toEqual([[5, 10], [], undefined]);
  });

  test("gives up when its code is over, after ten minutes", async () => {
    const { device, login, polls } = await openWaiting(() => () => undefined);
    const { code, err } = await login();
    expect(code).toBe(4);
    expect(err).toEndWith(`\u001b[Ktodo: the code has expired\n  Try again: todo login ${SITE}\n`);
    expect([polls.length, polls.at(-1), [...device.kept]]).toEqual([120, 600, []]);
  });

  test("gives up by itself where the server is away all that time", async () => {
    const { login, polls } = await openWaiting(() => () => Promise.reject(new Error("cut")));
    const { code, err } = await login();
    expect([code, polls.at(-1)]).toEqual([4, 600]);
    expect(err).toContain("todo: the code has expired\n");
  });

  test("is told what the server says of its refusal, without commands to the terminal", async () => {
    const { login } = await openWaiting(() => () => refusal("access_denied", "end the session of one first\u001b[2J"));
    const { code, err } = await login();
    expect(code).toBe(4);
    expect(err).toEndWith("\u001b[Ktodo: end the session of one first\\e[2J\n");
  });

  test.each(["expired_token", "invalid_grant", "unsupported_grant_type"])(
    "gives up where the server says %s",
    async (error) => {
      const { login, polls } = await openWaiting(() => () => refusal(error));
      const { code, err } = await login();
      expect([code, polls]).toEqual([4, [5]]);
      expect(err).toContain("todo: the code has expired\n");
    },
  );

  test("polls more slowly from then on when it is told to", async () => {
    const { login, polls } = await openWaiting((device, ada, online) => async (number) => {
      if (number === 1 || number === 3) return refusal("slow_down");
      if (number === 4) await decide(online, ada, codeOf(device), true);
      return undefined;
    });
    expect((await login()).code).toBe(0);
    expect(polls).toEqual([5, 15, 25, 40]);
  });

  test.each([0, -5])("waits a second at least where the server would have it wait %d", async (interval) => {
    const { online, device, polls } = await openWaiting(
      () => (number) => (number === 3 ? refusal("access_denied") : undefined),
    );
    alterOrder(online, { interval });
    await online.hurry(() => device.run("login", SITE));
    expect(polls).toEqual([1, expect.any(Number), expect.any(Number)]);
  });

  test("goes on where a poll or its answer is lost", async () => {
    const faults: BeforePoll[] = [
      () => Promise.reject(new Error("cut")),
      () => new Response("<html>Bad gateway</html>", { status: 502 }),
      () => new Response("", { status: 504 }),
      () => new Response('{"error":', { status: 400 }),
    ];
    const { login, polls } = await openWaiting((device, ada, online) => async (number) => {
      if (number === 5) await decide(online, ada, codeOf(device), true);
      return faults[number - 1]?.(number);
    });
    expect((await login()).code).toBe(0);
    expect(polls).toEqual([5, 10, 15, 20, 25]);
  });

  test("stops where the server says no for another reason", async () => {
    const problem = { type: "about:blank", title: "Forbidden", status: 403, code: "forbidden", detail: "no accounts" };
    const { login, polls } = await openWaiting(() => () => Response.json(problem, { status: 403 }));
    const { code, err } = await login();
    expect([code, polls]).toEqual([4, [5]]);
    expect(err).toContain("todo: todo.example.com: no accounts\n");
  });

  test("is not let in by an account that was locked out meanwhile", async () => {
    const { login } = await openWaiting((device, ada, online) => async (number) => {
      if (number !== 1) return;
      await decide(online, ada, codeOf(device), true);
      const account = ada.credentials()[SITE]?.["user"] ?? "";
      await online.api.accounts.setDisabled(account, online.api.clock.now);
    });
    const { code, err } = await login();
    expect([code, err]).toEqual([4, expect.stringContaining("todo: the device was denied in the browser\n")]);
  });
});

test("where the server is no todo server nothing is shown or opened", async () => {
  const online = await openOnline();
  online.state.network = async () => Response.json({ device_code: "x" });
  const device = online.device(ON_A_TERMINAL);
  const { code, out, err } = await device.run("login", SITE);
  expect([code, out, device.pages]).toEqual([6, "", []]);
  expect(err).toStartWith("todo: todo.example.com does not answer like a todo server (status 200)\n");
});
