import { describe, expect, test } from "bun:test";
import { readProblem } from "../../src/contract/read-problem.ts";

function read(json: unknown, retryAfter?: string) {
  const headers = new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter });
  return readProblem(json, { status: 422, headers });
}

describe("a reply that refuses", () => {
  test("is the error of the server, with what is wrong and where", () => {
    const errors = [{ path: "email", message: "it is no address" }];
    const error = read({ code: "invalid_input", title: "Invalid", detail: "No such address.", errors });
    expect(error).toMatchObject({ code: "invalid_input", message: "No such address.", issues: errors });
  });

  test("says when to come back and what the time of the server is", () => {
    const error = read({ code: "clock_skew", title: "Wrong", server_time: "2026-11-30T12:00:00.000Z" }, "30");
    expect(error).toMatchObject({ message: "Wrong", retryAfter: 30, serverTime: Date.UTC(2026, 10, 30, 12) });
  });

  test.each([
    ["1e12", 3600],
    ["-1", undefined],
    ["soon", undefined],
  ])("with the wait %s waits for as long as a timer can: %p seconds", (wait, seconds) => {
    expect(read({ code: "unavailable" }, wait).retryAfter).toBe(seconds);
  });

  test.each(["internal", "of_a_later_version"])("with the code %s is no bug of this program", (code) => {
    expect(read({ code, detail: "Oh." })).toMatchObject({ code: "unavailable", message: "Oh." });
  });

  test("of somebody else is named as such", () => {
    for (const json of [null, undefined, "text", [], {}, { code: 7 }]) {
      expect(read(json)).toMatchObject({ code: "unavailable", message: expect.stringContaining("(status 422)") });
    }
  });

  test("is shown, so it is cut, and what is no text is left out", () => {
    const error = read({ code: "conflict", detail: "x".repeat(10_000), errors: [null, { path: 1 }, "text"] });
    expect(error.message.length).toBeLessThan(400);
    expect(error.issues).toEqual([]);
    expect(read({ code: "conflict", detail: {}, title: [] }).message).toBe("the server answers with status 422");
  });
});
