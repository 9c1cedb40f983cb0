import { describe, expect, test } from "bun:test";
import { TodoError } from "../../../src/domain/errors.ts";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { type Device, type Online, SITE, useOnline } from "../../support/cli/online.ts";
import { DATABASE } from "../../support/cli/remote.ts";

const openOnline = useOnline();

const GRACE = "grace@example.com";
/** A server looks again after this at what somebody did to its database. */
const CACHE_MAX_AGE_MS = 1001;

/** What commands say of the database that they looked in. */
const LOOKED = "Database: /srv/todo.db\n";

/** The machine of a server, whose database is a file. */
function openMachine({ api, device }: Online): Device {
  const machine = device({ env: { TODO_DB: "/srv/todo.db" } });
  const openStore = async (path: string) => {
    machine.opened.push(path);
    return { store: api.store, accounts: api.accounts, file: { path } };
  };
  Object.assign(machine.io, { openStore });
  return machine;
}

/** One whose database is on another server, and how often it was closed. */
function openMachineWithUrl({ api, device }: Online, env: Record<string, string>) {
  const closed = { times: 0 };
  const store = { ...api.store, close: async () => void (closed.times += 1) };
  return { machine: device({ env, server: { store, accounts: api.accounts } }), closed };
}

describe("`todo admin invite`", () => {
  test("prints the code of an invitation for one person and a week", async () => {
    const online = await openOnline({ signup: "invite" });
    const { code, out, err } = await openMachine(online).run("admin", "invite");
    expect([code, out]).toEqual([0, expect.stringMatching(/^todo_inv_[\w-]{43}\n$/)]);
    expect(err).toBe(`${LOOKED}Good for one account, until 2026-11-27 10:00. To use it: todo signup\n`);
    const device = online.device();
    device.type(EMAIL, PASSWORD, out.trim());
    await device.print("signup", SITE);
  });

  test.each([[], ["--json"]])("says that the invitation was made where it can't be printed (%p)", async (...flags) => {
    const machine = openMachine(await openOnline());
    const write = () => {
      throw new TodoError("full_disk", "the output can't be written: no space is left on the device");
    };
    Object.assign(machine.io, { out: { ...machine.io.out, write } });
    const { code, err } = await machine.run("admin", "invite", ...flags);
    expect([code, err]).toEqual([
      1,
      expect.stringContaining("The invitation was made. Find it with todo admin invites"),
    ]);
  });

  test("prints it for programs and for scripts", async () => {
    const machine = openMachine(await openOnline());
    const { out, err } = await machine.run("admin", "invite", "--json");
    expect([JSON.parse(out), err]).toEqual([
      { invite: expect.stringMatching(/^todo_inv_/), expires_at: "2026-11-27T09:00:00.000Z" },
      "",
    ]);
    expect(await machine.run("admin", "--quiet", "invite")).toMatchObject({
      out: expect.stringMatching(/^todo_inv_/),
      err: "",
    });
  });

  test("is over after a week", async () => {
    const online = await openOnline({ signup: "invite" });
    const invite = (await openMachine(online).print("admin", "invite")).trim();
    online.goOn(7 * 24 * 60 * 60_000);
    const device = online.device();
    device.type(EMAIL, PASSWORD, invite);
    expect((await device.run("signup", SITE)).code).toBe(4);
  });
});

describe("`todo admin invites`", () => {
  test("lists what became of each, and no code", async () => {
    const online = await openOnline({ signup: "invite" });
    const machine = openMachine(online);
    expect(await machine.run("admin", "invites")).toEqual({ code: 0, out: "", err: LOOKED });
    await machine.print("admin", "invite");
    online.goOn(60_000);
    const device = online.device();
    device.type(EMAIL, PASSWORD, (await machine.print("admin", "invite")).trim());
    await device.print("signup", SITE);
    const ids = (await machine.print("admin", "invites", "--quiet")).trim().split("\n");
    const [one, other] = ids.map((id) => id.slice(-8));
    const used = `${other}  made 2026-11-20 10:01  until 2026-11-27 10:01  used by ${EMAIL}\n`;
    expect(await machine.print("admin", "invites")).toBe(
      `${one}  made 2026-11-20 10:00  until 2026-11-27 10:00  open\n${used}`,
    );
    online.goOn(7 * 24 * 60 * 60_000 - 60_000);
    expect(await machine.print("admin", "invites")).toBe(
      `${one}  made 2026-11-20 10:00  until 2026-11-27 10:00  expired\n${used}`,
    );
    await machine.print("admin", "invite");
    const left = await machine.print("admin", "invites");
    expect([left.includes(`${one}  `), left.includes(used)]).toEqual([false, true]);
  });

  test("says it to programs", async () => {
    const online = await openOnline({ signup: "invite" });
    const machine = openMachine(online);
    await machine.print("admin", "invite");
    expect(JSON.parse(await machine.print("admin", "invites", "--json"))).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{64}$/),
        created_at: "2026-11-20T09:00:00.000Z",
        expires_at: "2026-11-27T09:00:00.000Z",
        state: "open",
        used_by: null,
      },
    ]);
  });
});

describe("`todo admin invites revoke`", () => {
  /** The ids of invitations, and the codes of new ones. */
  async function openInvited() {
    const online = await openOnline({ signup: "invite" });
    const machine = openMachine(online);
    const signUp = async (email: string, code: string) => {
      const device = online.device();
      device.type(email, PASSWORD, code);
      return (await device.run("signup", SITE)).code;
    };
    const makeInvite = async () => (await machine.print("admin", "invite", "--quiet")).trim();
    const listIds = async () => (await machine.print("admin", "invites", "--quiet")).trim().split("\n");
    return { machine, signUp, makeInvite, listIds };
  }

  test("takes back the one that is named, with which nobody signs up any more", async () => {
    const { machine, signUp, makeInvite, listIds } = await openInvited();
    const gone = await makeInvite();
    const [id = ""] = await listIds();
    const kept = await makeInvite();
    expect(await machine.print("admin", "invites", "revoke", id.slice(-8))).toBe(`Revoked ${id.slice(-8)}\n`);
    expect([await signUp(EMAIL, gone), await signUp(GRACE, kept)]).toEqual([4, 0]);
    expect(await listIds()).toHaveLength(1);
  });

  test("says it to programs and to scripts", async () => {
    const { machine, makeInvite, listIds } = await openInvited();
    await makeInvite();
    const [id = ""] = await listIds();
    expect(JSON.parse(await machine.print("admin", "invites", "revoke", id, "--json"))).toEqual({ id, revoked: true });
    await makeInvite();
    const [next = ""] = await listIds();
    expect(await machine.print("admin", "invites", "revoke", next, "--quiet")).toBe("");
  });

  test("knows none that was used, the code itself, or what is too short, and does not repeat it", async () => {
    const { machine, signUp, makeInvite, listIds } = await openInvited();
    const code = await makeInvite();
    const [id = ""] = await listIds();
    for (const ref of [code, id.slice(-3), "open", ""]) {
      expect(await machine.run("admin", "invites", "revoke", ref)).toEqual({
        code: 3,
        out: "",
        err: `${LOOKED}todo: nothing has this name or id\n`,
      });
    }
    expect(await signUp(EMAIL, code)).toBe(0);
    expect((await machine.run("admin", "invites", "revoke", id)).code).toBe(3);
  });
});

describe("`todo admin users`", () => {
  test("lists the accounts by address, and when they were used last", async () => {
    const online = await openOnline();
    const machine = openMachine(online);
    expect(await machine.run("admin", "users")).toEqual({
      code: 0,
      out: "",
      err: `${LOOKED}No accounts here. Name the server's database with --db.\n`,
    });
    expect(await machine.run("admin", "users", "--json")).toEqual({ code: 0, out: "[]\n", err: "" });
    const grace = await online.signUp(GRACE);
    online.goOn(60_000);
    const ada = await online.signUp();
    await machine.print("admin", "disable", GRACE);
    const ids = [ada, grace].map((device) => String(device.credentials()[SITE]?.["user"]));
    expect(await machine.print("admin", "users")).toBe(
      `${EMAIL}    since 2026-11-20 10:01  last used 2026-11-20 10:01\n` +
        `${GRACE}  since 2026-11-20 10:00  last used 2026-11-20 10:00  disabled\n`,
    );
    expect(await machine.print("admin", "users", "--quiet")).toBe(ids.map((id) => `${id}\n`).join(""));
    expect(JSON.parse(await machine.print("admin", "users", "--json"))).toEqual([
      {
        id: ids[0],
        email: EMAIL,
        created_at: "2026-11-20T09:01:00.000Z",
        last_used_at: "2026-11-20T09:01:00.000Z",
        disabled_at: null,
      },
      expect.objectContaining({ email: GRACE, disabled_at: "2026-11-20T09:01:00.000Z" }),
    ]);
  });
});

describe("`todo admin disable`", () => {
  test("locks an account out with its devices and programs, and `enable` lets it in again", async () => {
    const online = await openOnline();
    const machine = openMachine(online);
    const [ada, grace] = [await online.signUp(), await online.signUp(GRACE)];
    const token = await ada.makeToken("ci");
    expect(await machine.print("admin", "disable", "  ADA@Example.com ")).toBe(`Disabled ${EMAIL}\n`);
    online.goOn(CACHE_MAX_AGE_MS);
    expect((await ada.run("sessions")).code).toBe(4);
    expect(await online.api.knock(token)).toBe(401);
    ada.type(EMAIL, PASSWORD);
    expect((await ada.run("login", "--password")).code).toBe(4);
    expect((await grace.run("sessions")).code).toBe(0);
    expect(await machine.print("admin", "enable", EMAIL)).toBe(`Enabled ${EMAIL}\n`);
    ada.type(EMAIL, PASSWORD);
    expect((await ada.run("login", "--password")).code).toBe(0);
  });

  test("says it to programs and to scripts", async () => {
    const online = await openOnline();
    const machine = openMachine(online);
    const { user = "" } = (await online.signUp()).credentials()[SITE] ?? {};
    for (const [name, disabled] of [
      ["disable", true],
      ["enable", false],
    ] as const) {
      const said: unknown = JSON.parse(await machine.print("admin", name, EMAIL, "--json"));
      expect(said).toEqual({ id: user, email: EMAIL, disabled });
      expect(await machine.print("admin", name, EMAIL, "--quiet")).toBe("");
    }
  });
});

describe("`todo admin reset-password`", () => {
  test("prints a new password, with which nobody is logged in any more", async () => {
    const online = await openOnline();
    const machine = openMachine(online);
    const ada = await online.signUp();
    const token = await ada.makeToken("ci");
    const { code, out, err } = await machine.run("admin", "reset-password", EMAIL);
    expect([code, err]).toEqual([
      0,
      `${LOOKED}The new password of ${EMAIL}. It stays until its owner changes it: todo password\n`,
    ]);
    expect(out).toMatch(/^[a-z]{8}-[a-z]{8}\n$/);
    online.goOn(CACHE_MAX_AGE_MS);
    expect((await ada.run("sessions")).code).toBe(4);
    expect(await online.api.knock(token)).toBe(401);
    ada.type(EMAIL, PASSWORD);
    expect((await ada.run("login", "--password")).code).toBe(4);
    ada.type(EMAIL, out.trim());
    expect((await ada.run("login", "--password")).code).toBe(0);
    const { password }: { password: string } = JSON.parse(
      await machine.print("admin", "reset-password", EMAIL, "--json"),
    );
    ada.type(EMAIL, password);
    expect((await ada.run("login", "--password")).code).toBe(0);
  });
});

describe("the administrator's commands", () => {
  test.each(["disable", "enable", "reset-password"])("%s knows only the accounts that are there", async (name) => {
    const machine = openMachine(await openOnline());
    for (const email of ["nobody@example.com", "nobody", ""]) {
      expect(await machine.run("admin", name, email)).toEqual({
        code: 3,
        out: "",
        err: `${LOOKED}todo: there is no account with this e-mail address\n  See: todo admin users\n`,
      });
    }
  });

  test.each(["TODO_DATABASE_URL", "DATABASE_URL", "NEON_DB_URL", "TODO_DB"])(
    "work on the database that %s names, as `todo serve` does, and close it",
    async (name) => {
      const online = await openOnline();
      const { machine, closed } = openMachineWithUrl(online, { [name]: DATABASE });
      await online.signUp();
      expect(await machine.print("admin", "users")).toStartWith(EMAIL);
      expect([machine.opened, closed.times]).toEqual([[DATABASE], 1]);
      expect((await machine.run("admin", "disable", "x")).code).toBe(3);
      expect(closed.times).toBe(2);
    },
  );

  test("work on the database that --db names, before all variables", async () => {
    const online = await openOnline();
    const { machine } = openMachineWithUrl(online, { DATABASE_URL: "postgres://u:x@other.example.com/other" });
    await machine.print("admin", "users", "--db", DATABASE);
    await machine.print("admin", "--db", DATABASE, "users");
    expect(machine.opened).toEqual([DATABASE, DATABASE]);
    const file = openMachine(online);
    file.setup.env["DATABASE_URL"] = DATABASE;
    await file.print("admin", "users", "--db", "/srv/other.db");
    expect(file.opened).toEqual(["/srv/other.db"]);
  });

  test("need no login, and ask no server", async () => {
    const online = await openOnline();
    const machine = openMachine(online);
    machine.configure({ server: SITE });
    await machine.print("admin", "invite");
    expect(online.asked).toEqual([]);
  });

  test("are listed to who names none", async () => {
    const { code, err } = await openMachine(await openOnline()).run("admin");
    expect([code, err]).toEqual([2, expect.stringContaining("todo admin needs a subcommand")]);
  });
});
