import { expect, test } from "bun:test";
import fc from "fast-check";
import { EMAIL, PASSWORD } from "../../support/server/account-api.ts";
import { SITE, useOnline } from "../../support/cli/online.ts";
import { ON_A_TERMINAL } from "../../support/cli/terminal.ts";

const openOnline = useOnline();

/** A line that somebody types or that is in a file, and what is not far from a good one. */
const line = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.string({ unit: "grapheme", maxLength: 300 }),
  fc.constantFrom(
    EMAIL,
    PASSWORD,
    ` ${EMAIL} `,
    `${EMAIL}\r`,
    "a@b",
    "@",
    "ﬁ@ﬂ",
    "\u0000",
    "\ufeffada@example.com",
    "a@b\u2028",
  ),
  fc.integer({ min: 1, max: 4000 }).map((length) => "p".repeat(length)),
);
const typed = fc.oneof(
  fc.array(line, { maxLength: 4 }).map((lines) => new TextEncoder().encode(lines.join("\n"))),
  fc.uint8Array({ maxLength: 60 }),
);
const command = fc.constantFrom(
  ["signup", SITE],
  ["login", SITE, "--password"],
  ["login", SITE, "--token", "-"],
  ["signup", SITE, "--email", EMAIL],
  ["login", SITE, "--email", ""],
  ["password", "--server", SITE],
);

/** Exit codes of who said something wrong, is not let in, or has an account already. */
const SAID_NO = [0, 2, 4, 5];

test("whatever is typed, no command that asks for it ends in a bug or repeats it", async () => {
  const online = await openOnline();
  await online.signUp();
  const device = await online.logIn();
  const kept = device.kept.get(device.path) ?? "";
  await fc.assert(
    fc.asyncProperty(command, typed, fc.boolean(), async (words, bytes, isTerminal) => {
      device.kept.set(device.path, kept);
      Object.assign(device.setup, { stdin: bytes, terminals: isTerminal ? ON_A_TERMINAL.terminals : [] });
      const { code, err } = await device.run(...words);
      expect(SAID_NO).toContain(code);
      expect(err).not.toContain("bug");
      expect(err).not.toMatch(/p{50}|seven tall green lamps/);
      expect(err).not.toMatch(/[^\P{Cc}\n]/u);
    }),
    { numRuns: 300 },
  );
});

test("whatever an address looks like in --email, and whatever a device calls itself, nothing ends in a bug", async () => {
  const online = await openOnline();
  const device = online.device();
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), async (email, name) => {
      Object.assign(device.io, { deviceName: () => name });
      device.type(PASSWORD);
      const { code, err } = await device.run("signup", SITE, `--email=${email}`);
      expect([SAID_NO.includes(code), err.includes("bug")]).toEqual([true, false]);
    }),
    {
      numRuns: 200,
      examples: [
        ["a@b", "laptop"],
        ["a@c", ""],
        ["a@d", "\ud800"],
      ],
    },
  );
});
