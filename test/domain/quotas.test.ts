import { expect, test } from "bun:test";
import { describeQuota } from "../../src/domain/quotas.ts";

test("a quota of bytes is said in units that people read", () => {
  expect(describeQuota({ name: "bytes", limit: 1024 ** 3, used: 1_070_000_000 })).toBe(
    "you can have 1.0 GiB here and have 1020 MiB: what is deleted makes room after 180 days, and whoever runs this server can allow more",
  );
  expect(describeQuota({ name: "tasks", limit: 200_000, used: 200_000 })).toBe(
    "you can have 200000 tasks here and have 200000: delete some first",
  );
});
