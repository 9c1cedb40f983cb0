import { PROTOCOL } from "../../ports/sync.ts";
import type { PeerRequest } from "./synchronize.ts";

/** What a request to sync has in its headers beside its token. */
export const SYNC_HEADERS = { "todo-protocol": String(PROTOCOL) };

/** The JSON of a request to sync. Default values are left out: most requests bring nothing. */
export function toWireRequest({ user, limit, changes, profile, ...request }: PeerRequest) {
  const entries = profile?.changes ?? {};
  const hasEntries = Object.keys(entries).length > 0;
  const brings = (changes.length > 0 || hasEntries) && {
    user,
    ...(changes.length > 0 && { changes }),
    ...(hasEntries && { profile: entries }),
  };
  const knows = profile && { profile_tag: profile.tag };
  const takes = limit !== undefined && { limit };
  return { protocol: PROTOCOL, ...request, ...brings, ...knows, ...takes };
}
