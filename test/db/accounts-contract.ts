import { afterAll, beforeAll, describe } from "bun:test";
import type { Meet, OpenedAccounts } from "../support/meeting.ts";
import { describeDeletion } from "./contract/accounts/deletion.ts";
import { describeDevices } from "./contract/accounts/devices.ts";
import { describeFirst } from "./contract/accounts/first.ts";
import { describeInvitations } from "./contract/accounts/invitations.ts";
import { describePeople } from "./contract/accounts/people.ts";
import { describeRenewal } from "./contract/accounts/renewal.ts";
import { describeSessions } from "./contract/accounts/sessions.ts";
import { describeTexts } from "./contract/accounts/texts.ts";
import { describeTokens } from "./contract/accounts/tokens.ts";

const PARTS = [
  describeFirst,
  describePeople,
  describeInvitations,
  describeSessions,
  describeRenewal,
  describeTokens,
  describeDevices,
  describeDeletion,
  describeTexts,
];

/** What every implementation of the port of accounts must do. */
export function describeAccounts(name: string, open: () => Promise<OpenedAccounts>): void {
  describe(name, () => {
    let opened: OpenedAccounts | undefined;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close());
    const meet: Meet = () => {
      if (!opened) throw new Error("the accounts did not open");
      return opened;
    };
    for (const part of PARTS) part(meet);
  });
}
