import { describe, expect, test } from "bun:test";
import { readServerSettings } from "../../src/server/settings.ts";
import { refusal } from "../support/errors.ts";

const LOCAL = "127.0.0.1";

describe("without any variable", () => {
  test.each([LOCAL, "localhost", "::1", "127.1.2.3"])("a server on %s lets in a front end of this machine", (host) => {
    expect(readServerSettings({}, host)).toEqual({
      origins: ["http://localhost:3000"],
      proxies: 0,
      userLimit: 1200,
      addressLimit: 6000,
    });
  });

  test.each(["0.0.0.0", "::", "192.168.1.5", "todo.example.com", "localhost.example.com", ""])(
    "a server on %p lets in no front end",
    (host) => expect(readServerSettings({}, host).origins).toEqual([]),
  );
});

describe("TODO_CORS_ORIGINS", () => {
  const read = (text: string) => readServerSettings({ TODO_CORS_ORIGINS: text }, LOCAL).origins;

  test.each([
    ["https://app.example.com", ["https://app.example.com"]],
    ["https://a.test,http://b.test:8080", ["https://a.test", "http://b.test:8080"]],
    [" https://a.test , http://[::1]:3000 ,", ["https://a.test", "http://[::1]:3000"]],
    ["https://xn--mnchen-3ya.example", ["https://xn--mnchen-3ya.example"]],
    ["", []],
    [" , ", []],
  ])("%p allows %p", (text, origins) => expect(read(text)).toEqual(origins));

  test("stands in for the front end of this machine, also when it is empty", () => {
    expect(read("https://a.test")).not.toContain("http://localhost:3000");
    expect(read("")).toEqual([]);
  });

  test.each([
    "*",
    "null",
    "https://*.example.com",
    "app.example.com",
    "https://app.example.com/",
    "https://app.example.com/path",
    "https://app.example.com?x",
    "https://app.example.com#x",
    "https://user:pw@app.example.com",
    "https://APP.example.com",
    "HTTPS://app.example.com",
    "https://app.example.com:443",
    "http://app.example.com:80",
    "https://app.example.com:99999",
    "https://münchen.example",
    "https:/app.example.com",
    "https:",
    "ftp://app.example.com",
    "file:///",
    "chrome-extension://abcdef",
    "https://a.test;https://b.test",
    "https://a.test https://b.test",
    "https://a.test,nonsense",
  ])("refuses %p by name", (text) => {
    const error = refusal(() => read(text));
    expect([error.code, error.message]).toEqual(["usage", expect.stringContaining("TODO_CORS_ORIGINS")]);
    expect(error.hints).not.toEqual([]);
  });
});

describe.each([
  ["TODO_PROXIES", "proxies", 0],
  ["TODO_USER_LIMIT", "userLimit", 1200],
  ["TODO_ADDRESS_LIMIT", "addressLimit", 6000],
] as const)("%s", (name, member, standard) => {
  const read = (text: string) => readServerSettings({ [name]: text }, LOCAL)[member];

  test.each([
    ["0", 0],
    ["1", 1],
    ["007", 7],
    ["999999999", 999_999_999],
    ["", standard],
  ])("%p is %d", (text, value) => expect(read(text)).toBe(value));

  test("changes nothing else", () => {
    const { [member]: _, ...rest } = readServerSettings({ [name]: "3" }, LOCAL);
    const { [member]: __, ...standardRest } = readServerSettings({}, LOCAL);
    expect(rest).toEqual(standardRest);
  });

  test.each([
    "-1",
    "1.5",
    "1e3",
    "0x10",
    " 1",
    "1 ",
    "1\n",
    "one",
    "1000000000",
    "NaN",
    "Infinity",
    "٣",
    "1_000",
    "true",
  ])("refuses %p by name", (text) => {
    const error = refusal(() => read(text));
    expect([error.code, error.message]).toEqual(["usage", expect.stringContaining(name)]);
    expect(error.hints).not.toEqual([]);
  });
});
