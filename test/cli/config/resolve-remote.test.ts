import { describe, expect, test } from "bun:test";
import { resolveRemote } from "../../../src/cli/config/resolve-remote.ts";
import { LOCAL_USER } from "../../../src/services/workspace.ts";
import { useOnline } from "../../support/cli/online.ts";
import { refusalOf } from "../../support/errors.ts";

const openOnline = useOnline();

/** A device whose settings name a server, and a database of it. */
async function openDevice() {
  const { setup, io, configure } = (await openOnline()).device();
  configure({ server: "https://settings.test" });
  const replica = (await io.openStore(":memory:")).openReplica(LOCAL_USER);
  const meant = async (given?: string) => (await resolveRemote(io, replica, given)).server;
  return { env: setup.env, replica, meant };
}

describe("the remote that a database syncs with", () => {
  test("is the one that is given, else TODO_REMOTE's, else TODO_SERVER's, else the settings'", async () => {
    const { env, meant } = await openDevice();
    expect(await meant()).toBe("https://settings.test");
    env["TODO_SERVER"] = "https://server.test";
    expect(await meant()).toBe("https://server.test");
    env["TODO_REMOTE"] = "https://remote.test";
    expect(await meant()).toBe("https://remote.test");
    expect(await meant("https://given.test")).toBe("https://given.test");
    env["TODO_REMOTE"] = "";
    expect(await meant()).toBe("https://server.test");
  });

  test("is the one that it follows, whatever the settings say, and a variable that names another is refused", async () => {
    const { env, replica, meant } = await openDevice();
    await replica.bind({ server: "https://followed.test", user: "ada" });
    expect(await meant()).toBe("https://followed.test");
    env["TODO_SERVER"] = "https://server.test";
    expect(await refusalOf(meant())).toMatchObject({ code: "account_mismatch" });
    env["TODO_REMOTE"] = "https://followed.test";
    expect(await meant()).toBe("https://followed.test");
  });
});
