import { RETENTION_DAYS } from "./durations.ts";
import { formatBytes } from "./sizes.ts";
import { type Quota, type QuotaName, TodoError } from "./errors.ts";

/** The most that a server takes of one user, 0 for no limit. */
export type Quotas = Readonly<Record<QuotaName, number>>;

/** What makes room. */
const ADVICE: Readonly<Record<QuotaName, string>> = {
  tasks: "delete some first",
  bytes: `what is deleted makes room after ${RETENTION_DAYS} days, and whoever runs this server can allow more`,
  devices: "end the session of one first, with todo sessions revoke",
  tokens: "revoke one first, with todo token revoke",
};

/** The error for what would be more than a user may have. */
export function quotaExceeded(quota: Quota): TodoError {
  return new TodoError("quota_exceeded", describeQuota(quota), { quota });
}

export function describeQuota({ name, limit, used }: Quota): string {
  const [most, has] = name === "bytes" ? [limit, used].map(formatBytes) : [`${limit} ${name}`, used];
  return `you can have ${most} here and have ${has}: ${ADVICE[name]}`;
}
