import { type Quota, type QuotaName, TodoError } from "./errors.ts";

/** The most that a server takes of one user, 0 for no limit. */
export type Quotas = Readonly<Record<QuotaName, number>>;

/** No limits, for a database of one's own. */
export const UNLIMITED: Quotas = { tasks: 0, bytes: 0, devices: 0, tokens: 0 };

/** What makes room. */
const ADVICE: Readonly<Record<QuotaName, string>> = {
  tasks: "delete some first",
  bytes: "what is deleted makes room after 180 days, and whoever runs this server can allow more",
  devices: "end the session of one first, with todo sessions revoke",
  tokens: "revoke one first, with todo token revoke",
};

/** The error for what would be more than a user may have. */
export function quotaExceeded(quota: Quota): TodoError {
  return new TodoError("quota_exceeded", describeQuota(quota), { quota });
}

export function describeQuota({ name, limit, used }: Quota): string {
  return `you can have ${limit} ${name} here and have ${used}: ${ADVICE[name]}`;
}
