import { hashText } from "../../domain/hash-text.ts";
import { admitEntries, PROFILE, PROFILE_TOO_LARGE } from "../../domain/profile.ts";
import { compareBytes, mergeRegisters, type Registers } from "../../domain/task/registers.ts";
import type { SyncPrecheck, SyncStore } from "../../ports/sync.ts";
import { findEntryIssue, type Rejection } from "../../contract/check-change.ts";
import type { ExchangeRequest } from "../../contract/sync.ts";

/** Characters that tell one profile from another. */
const TAG_CHARACTERS = 16;

/** Tells a profile from another one. All databases make the same of the same entries. */
export function tagProfile(profile: Registers): string {
  const entries = Object.entries(profile).toSorted(([one], [other]) => compareBytes(one, other));
  return hashText(JSON.stringify(entries)).slice(0, TAG_CHARACTERS);
}

/** Entries that a replica may bring, as far as one can say without the profile, and what is wrong with the others. */
export type CheckedEntries = { readonly entries: Registers; readonly issues: readonly Rejection[] };

export function checkEntries(arriving: Registers): CheckedEntries {
  const checked = Object.entries(arriving).map((entry) => ({ entry, issue: findEntryIssue(...entry) }));
  return {
    entries: Object.fromEntries(checked.filter(({ issue }) => issue === null).map(({ entry }) => entry)),
    issues: checked.flatMap(({ issue }) => issue ?? []),
  };
}

/** What an exchange says of the profile. */
export type ExchangedProfile = { readonly profile?: Registers; readonly refused: readonly Rejection[] };

/** Merges entries that a replica brings and answers the profile, if the replica has another one. Each that has no room is refused. */
export async function exchangeProfile(
  { sync, user }: { readonly sync: Pick<SyncStore, "mergeProfile">; readonly user: string },
  asked: ExchangeRequest["profile"],
  { entries, stored }: { readonly entries: Registers; readonly stored: SyncPrecheck["profile"] },
): Promise<ExchangedProfile> {
  if (!asked) return { refused: [] };
  const { admitted, refused } = admitEntries(stored, entries);
  const isNews = Object.entries(mergeRegisters(stored, admitted)).some(([name, register]) => register !== stored[name]);
  const profile = isNews ? await sync.mergeProfile(user, admitted) : stored;
  return { refused: refused.map(rejectTooMuch), ...(tagProfile(profile) !== asked.tag && { profile }) };
}

function rejectTooMuch(field: string): Rejection {
  return { id: PROFILE, code: "invalid_input", field, message: PROFILE_TOO_LARGE };
}
