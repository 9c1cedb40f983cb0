import { describe, expect, test } from "bun:test";
import { chooseCoding } from "../../../src/server/http/content-coding.ts";

const choose = (accepted: string | null) => chooseCoding(accepted, ["zstd", "gzip"]);

describe("the coding of an answer (RFC 9110, 12.5.3)", () => {
  test.each<[accepted: string, coding: "zstd" | "gzip"]>([
    ["zstd", "zstd"],
    ["gzip", "gzip"],
    ["gzip, deflate, br, zstd", "zstd"],
    ["GZIP", "gzip"],
    ["gzip;q=1, zstd;q=0.5", "gzip"],
    ["gzip ; q=0.001", "gzip"],
    ["gzip\t;\tq=0.5,zstd;Q=0.4", "gzip"],
    ["*", "zstd"],
    ["zstd;q=0, *", "gzip"],
    ["gzip;q=0.2, *;q=0.1", "gzip"],
    ["*;q=0.5, identity;q=0.1", "zstd"],
    ["identity, gzip", "gzip"],
  ])("is for %p %s", (accepted, coding) => {
    expect(choose(accepted)).toBe(coding);
  });

  test.each<string | null>([
    null,
    "",
    " ",
    ",",
    "br",
    "identity",
    "gzip;q=0",
    "gzip;q=0.000, zstd;q=0",
    "*;q=0",
    "gzip;q=0, zstd;q=0, *",
    "identity, gzip;q=0.5",
    "gzipped",
    "gzip;q=2",
    "gzip;q=0.0001",
    "gzip;q=-1",
    "gzip;q=NaN",
    "gzip;level=9",
    "gzip zstd",
  ])("is none for %p", (accepted) => {
    expect(choose(accepted)).toBe("identity");
  });
});
