import { describe } from "bun:test";
import type { ConcurrentStores, OpenedAccounts } from "../support/accounts/concurrent-stores.ts";
import { describeAuthEvents } from "./contract/accounts/auth-events.ts";
import { describeDeletion } from "./contract/accounts/deletion.ts";
import { describeDevices } from "./contract/accounts/devices.ts";
import { describeFirst } from "./contract/accounts/first.ts";
import { describeInvitations } from "./contract/accounts/invitations.ts";
import { describePeople } from "./contract/accounts/people.ts";
import { describeRenewal } from "./contract/accounts/renewal.ts";
import { describeSessions } from "./contract/accounts/sessions.ts";
import { describeTexts } from "./contract/accounts/texts.ts";
import { describeTokens } from "./contract/accounts/tokens.ts";
import { useOpened } from "../support/opened.ts";

const PARTS = [
  describeFirst,
  describePeople,
  describeInvitations,
  describeSessions,
  describeRenewal,
  describeTokens,
  describeDevices,
  describeAuthEvents,
  describeDeletion,
  describeTexts,
];

/** What every implementation of the port of accounts must do. */
export function describeAccounts(name: string, open: () => Promise<OpenedAccounts>): void {
  describe(name, () => {
    const concurrentStores: ConcurrentStores = useOpened(open);
    for (const part of PARTS) part(concurrentStores);
  });
}
