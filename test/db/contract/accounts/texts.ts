import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  addRequest,
  addToken,
  decideOn,
  draftPoll,
  newHash,
  NOW,
  signIn,
  signUp,
} from "../../../support/accounts/drafts.ts";
import type { ConcurrentStores } from "../../../support/accounts/concurrent-stores.ts";

/** Any text that a database can hold: all of Unicode but NUL and halves of characters. */
const anyText = fc
  .oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.string({ unit: "grapheme", maxLength: 40 }),
    fc.constantFrom("", " ", "'", '"', "\\", "$1", "?", "%", "null", "e\u0301", "\u00e9", "\u202e", "👩‍👩‍👧", "a\r\nb "),
  )
  .map((text) => text.toWellFormed().replaceAll("\0", ""));

export function describeTexts(concurrentStores: ConcurrentStores): void {
  describe("what people call things", () => {
    test("comes back exactly, whatever it is", async () => {
      const { accounts } = concurrentStores();
      const names = fc.record({ address: anyText, device: anyText, name: anyText, asked: anyText });
      await fc.assert(
        fc.asyncProperty(names, async ({ address, device, name, asked }) => {
          const email = `${address}@${newHash()}`;
          const account = await signUp(accounts, { email });
          const session = await signIn(accounts, account, { device });
          const token = await addToken(accounts, account, { name });
          const request = await addRequest(accounts, { device: asked });
          await decideOn(accounts, request, { by: account });
          const polled = await accounts.pollDeviceRequest(request.hash, draftPoll(NOW + 1));
          const seen = {
            account: await accounts.findAccount({ email }),
            sessions: (await accounts.listSessions(account.id, NOW)).map((one) => one.device),
            found: await accounts.findSession(session.id, NOW),
            token: await accounts.findToken(token.hash, NOW),
            polled: [polled?.request.device, polled?.session?.email],
          };
          expect(seen).toMatchObject({
            account,
            sessions: [asked, device],
            found: { session: { device }, email },
            token: { token: { name }, email },
            polled: [asked, email],
          });
        }),
        { numRuns: 60 },
      );
    });
  });
}
