import { describe, expect, test } from "bun:test";
import { explainListenError } from "../../src/server/listen-error.ts";

function failure(code?: string): Error {
  return Object.assign(new Error("listen failed"), code !== undefined && { code });
}

describe("a server that can't listen", () => {
  test.each([
    ["EADDRINUSE", "another program has it"],
    ["EACCES", "permission denied"],
    ["EADDRNOTAVAIL", "this machine has no such address"],
    ["EINVAL", "it is not an address"],
    ["ENOTFOUND", "there is no such host"],
    ["ESERVFAIL", "the system can't do it (ESERVFAIL)"],
    [undefined, "the system can't do it"],
  ])("says why, and what to choose: for %p", (code, reason) => {
    const cause = failure(code);
    const error = explainListenError(cause, "nowhere.invalid", 8787);
    expect(error).toMatchObject({
      code: "usage",
      message: `can't listen on nowhere.invalid, port 8787: ${reason}`,
      hints: [expect.stringContaining("--host")],
      cause,
    });
  });

  test.each<[string, unknown]>([
    ["an argument of the wrong type", new TypeError("no fetch")],
    ["a number out of range", new RangeError("idleTimeout")],
    ["a name that is not there", new ReferenceError("fetch is not defined")],
    ["what is no error", "no error"],
  ])("leaves %s as it is, which is a mistake of this program", (_, mistake) => {
    expect(explainListenError(mistake, "127.0.0.1", 0)).toBe(mistake);
  });

  test.each(["::1%nope", "::1%", "\u202e"])("says of %p that it is not an address", (host) => {
    const stopped = () => serveOn(host).stop(true);
    expect(explained(stopped, host)).toMatchObject({
      code: "usage",
      message: `can't listen on ${host}, port 0: it is not an address`,
    });
  });
});

function serveOn(hostname: string) {
  return Bun.serve({ hostname, port: 0, fetch: () => new Response() });
}

function explained(listen: () => unknown, host: string): unknown {
  try {
    return listen();
  } catch (cause) {
    return explainListenError(cause, host, 0);
  }
}
