import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { readServerSettings } from "../../src/server/settings.ts";
import { refusal } from "../support/errors.ts";

const LOCAL = "127.0.0.1";

describe("without any variable", () => {
  test.each([LOCAL, "localhost", "::1", "127.1.2.3"])("a server on %s lets in a front end of this machine", (host) => {
    expect(readServerSettings({}, host)).toEqual({
      origins: ["http://localhost:3000"],
      isTrustedProxy: expect.any(Function),
      userLimit: 1200,
      addressLimit: 6000,
      signInLimit: 5,
      signUpLimit: 3,
      quotas: { tasks: 200_000, bytes: 1_073_741_824, devices: 100, tokens: 100 },
      signup: "first",
      web: { tokenUrl: null, signInUrl: null },
      publicUrl: null,
      basePath: "",
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

describe("TODO_TRUSTED_PROXIES", () => {
  const read = (text: string) => readServerSettings({ TODO_TRUSTED_PROXIES: text }, LOCAL).isTrustedProxy;

  test.each([
    ["10.0.0.1", ["10.0.0.1", "::ffff:10.0.0.1", "::FFFF:0a00:1"], ["10.0.0.2", "10.0.0.0", "::a00:1", "::10.0.0.1"]],
    ["10.0.0.0/8", ["10.0.0.0", "10.255.255.255", "::ffff:10.1.2.3"], ["9.255.255.255", "11.0.0.0", "::ffff:11.0.0.0"]],
    ["10.1.2.3/8", ["10.9.9.9"], ["11.1.2.3"]],
    ["172.16.0.0/12", ["172.16.0.0", "172.31.255.255"], ["172.15.255.255", "172.32.0.0"]],
    ["192.0.2.4/31", ["192.0.2.4", "192.0.2.5"], ["192.0.2.3", "192.0.2.6"]],
    ["192.0.2.4/32", ["192.0.2.4"], ["192.0.2.5"]],
    ["0.0.0.0/0", ["1.2.3.4", "::ffff:1.2.3.4"], ["::1", "2001:db8::1"]],
    ["::/0", ["::1", "2001:db8::1", "::ffff:1.2.3.4", "1.2.3.4"], ["unknown"]],
    ["2001:db8::1", ["2001:db8::1", "2001:DB8:0:0:0:0:0:1"], ["2001:db8::2", "2001:db8::"]],
    ["2001:DB8::/33", ["2001:db8::1", "2001:db8:7fff::"], ["2001:db8:8000::", "2001:db7::1"]],
    ["::1/128", ["::1", "0:0:0:0:0:0:0:1"], ["::", "::2", "127.0.0.1"]],
    ["::ffff:10.0.0.1", ["10.0.0.1", "::ffff:10.0.0.1"], ["10.0.0.2"]],
    ["::ffff:10.0.0.0/104", ["10.9.9.9", "::ffff:10.9.9.9"], ["11.0.0.0"]],
    ["fe80::/10", ["fe80::1", "fe80::1%eth0", "febf::1"], ["fec0::1"]],
    ["loopback", ["127.0.0.1", "127.255.255.255", "::1", "::ffff:127.0.0.1"], ["128.0.0.1", "::2", "10.0.0.1"]],
    [" loopback , 10.0.0.0/8,,2001:db8::1 ", ["127.0.0.1", "::1", "10.1.1.1", "2001:db8::1"], ["11.0.0.1"]],
    ["10.0.0.1,10.0.0.1,10.0.0.0/8", ["10.0.0.1", "10.0.0.2"], ["11.0.0.1"]],
    ["", [], ["127.0.0.1", "::1", "0.0.0.0", "::"]],
    [" , ", [], ["127.0.0.1", "::1"]],
  ])("%p trusts %p and not %p", (text, good, bad) => {
    const isTrusted = read(text);
    expect(good.filter((address) => !isTrusted(address))).toEqual([]);
    expect(bad.filter(isTrusted)).toEqual([]);
  });

  test.each(["", "unknown", "localhost", "10.0.0.1:80", "[::1]", "127.1", "10.0.0.1 ", "10.0.0.0/8"])(
    "trusts nobody who is called %p, whatever is listed",
    (name) => expect(read("loopback,0.0.0.0/0,::/0")(name)).toBe(false),
  );

  test("is not there: nobody is trusted, not even this machine", () => {
    const { isTrustedProxy } = readServerSettings({}, LOCAL);
    expect([LOCAL, "::1", "::ffff:127.0.0.1", "", "10.0.0.1"].filter(isTrustedProxy)).toEqual([]);
  });

  test("trusts of an IPv4 network exactly those that begin with the same bits", () => {
    const anyBits = fc.nat(0xffffffff);
    const spell = (bits: number) => [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join(".");
    fc.assert(
      fc.property(anyBits, fc.nat(32), fc.oneof(anyBits, fc.nat(31)), (network, length, other) => {
        // A small number is the place of the one bit in which the two differ.
        const address = other < 32 ? (network ^ (1 << other)) >>> 0 : other;
        const isInside =
          network.toString(2).padStart(32, "0").slice(0, length) ===
          address.toString(2).padStart(32, "0").slice(0, length);
        const isTrusted = read(`${spell(network)}/${length}`);
        expect([isTrusted(spell(address)), isTrusted(`::ffff:${spell(address)}`)]).toEqual([isInside, isInside]);
      }),
    );
  });

  test.each([
    ["1", "1"],
    ["many", "many"],
    ["LOOPBACK", "LOOPBACK"],
    ["localhost", "localhost"],
    ["proxy.example.com", "proxy.example.com"],
    ["10.0.0", "10.0.0"],
    ["10.0.0.256", "10.0.0.256"],
    ["010.0.0.1", "010.0.0.1"],
    ["10.0.0.1:80", "10.0.0.1:80"],
    ["10.0.0.0/33", "10.0.0.0/33"],
    ["10.0.0.0/", "10.0.0.0/"],
    ["10.0.0.0/-1", "10.0.0.0/-1"],
    ["10.0.0.0/8/8", "10.0.0.0/8/8"],
    ["10.0.0.0/255.0.0.0", "10.0.0.0/255.0.0.0"],
    ["10.0.0.0 /8", "10.0.0.0 /8"],
    ["10.*", "10.*"],
    ["/8", "/8"],
    ["loopback/8", "loopback/8"],
    ["[::1]", "[::1]"],
    ["::1/129", "::1/129"],
    ["2001:db8::/1000", "2001:db8::/1000"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["1::2::3", "1::2::3"],
    ["10.0.0.1;10.0.0.2", "10.0.0.1;10.0.0.2"],
    ["10.0.0.1 10.0.0.2", "10.0.0.1 10.0.0.2"],
    ["loopback, 10.0.0.1, wrong, 10.0.0.2", "wrong"],
  ])("refuses %p and shows %p", (text, element) => {
    const error = refusal(() => read(text));
    expect(error.code).toBe("usage");
    expect(error.message).toStartWith(`TODO_TRUSTED_PROXIES: ${JSON.stringify(element)} is `);
    expect(error.hints).not.toEqual([]);
  });

  test.each(["0", "1", "many"])("is named to who still sets TODO_PROXIES=%s", (text) => {
    const envs = [{ TODO_PROXIES: text }, { TODO_PROXIES: text, TODO_TRUSTED_PROXIES: "loopback" }];
    for (const env of envs) {
      const error = refusal(() => readServerSettings(env, LOCAL));
      expect([error.code, error.message]).toEqual(["usage", expect.stringContaining("TODO_PROXIES")]);
      expect(error.hints.join()).toContain("TODO_TRUSTED_PROXIES");
    }
  });

  test("is not asked for where TODO_PROXIES is empty, which is as good as not set", () => {
    expect(readServerSettings({ TODO_PROXIES: "" }, LOCAL).isTrustedProxy(LOCAL)).toBe(false);
  });
});

describe.each([
  ["TODO_TASK_QUOTA", "tasks", 200_000, "999999999"],
  ["TODO_BYTE_QUOTA", "bytes", 1_073_741_824, "999999999999999"],
  ["TODO_DEVICE_QUOTA", "devices", 100, "999999999"],
  ["TODO_TOKEN_QUOTA", "tokens", 100, "999999999"],
] as const)("%s", (name, member, standard, largest) => {
  const read = (text: string) => readServerSettings({ [name]: text }, LOCAL).quotas[member];

  test("is a whole number, 0 for no limit, and generous unless it is set", () => {
    expect(["", "0", "7", largest].map(read)).toEqual([standard, 0, 7, Number(largest)]);
  });

  test.each(["-1", "1.5", "1e3", "one", `${largest}0`, "1 GiB"])("refuses %p by name", (text) => {
    const error = refusal(() => read(text));
    expect([error.code, error.message]).toEqual(["usage", expect.stringContaining(name)]);
  });
});

describe.each([
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
    const { [member]: _, isTrustedProxy, ...rest } = readServerSettings({ [name]: "3" }, LOCAL);
    const { [member]: __, isTrustedProxy: ___, ...standardRest } = readServerSettings({}, LOCAL);
    expect(rest).toEqual(standardRest);
    expect(isTrustedProxy(LOCAL)).toBe(false);
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

describe("the address of a server", () => {
  const read = (publicUrl: string, basePath = "") =>
    readServerSettings({ TODO_PUBLIC_URL: publicUrl, TODO_BASE_PATH: basePath }, LOCAL);

  test.each([
    ["", "", null, ""],
    ["", "/", null, ""],
    ["", "/todo", null, "/todo"],
    ["", "/apps/todo/", null, "/apps/todo"],
    ["https://todo.example.com/", "", "https://todo.example.com", ""],
    ["https://example.com/todo/", "", "https://example.com/todo", "/todo"],
    ["https://example.com/todo", "/todo/", "https://example.com/todo", "/todo"],
  ])("TODO_PUBLIC_URL %p and TODO_BASE_PATH %p mean %p and %p", (url, path, publicUrl, basePath) => {
    expect(read(url, path)).toMatchObject({ publicUrl, basePath });
  });

  test.each(["https://example.com", "https://example.com/other", "https://example.com/todo/x"])(
    "is refused where TODO_PUBLIC_URL is %p and the base path another",
    (url) => {
      const { code, message, hints } = refusal(() => read(url, "/todo"));
      expect([code, message]).toEqual(["usage", "TODO_PUBLIC_URL and TODO_BASE_PATH have different paths"]);
      expect(hints).toEqual(["Write TODO_PUBLIC_URL as: https://example.com/todo"]);
    },
  );

  test.each([
    "todo.example.com",
    "ftp://todo.example.com",
    "https://todo.example.com?",
    "https://todo.example.com/todo#x",
    "https://ada@todo.example.com",
    "https://:x@todo.example.com",
    "https://todo.example.com//todo",
    "https://todo.example.com/%2e%2e/x%20y",
  ])("is refused where TODO_PUBLIC_URL is %p", (url) => {
    expect(refusal(() => read(url)).message).toBe("TODO_PUBLIC_URL is not the address of a server");
  });

  test.each([
    "todo",
    "//",
    "/todo//x",
    "/a/../b",
    "/.",
    "/to do",
    "/todo?x",
    "/{id}",
    "/:id",
    "/*",
    "/tödo",
    "/a%2Fb",
    "/$&",
  ])("is refused where TODO_BASE_PATH is %p", (path) => {
    expect(refusal(() => read("", path)).message).toBe("TODO_BASE_PATH is not a path");
  });
});

describe("TODO_WEB_TOKEN_URL and TODO_WEB_SIGNIN_URL", () => {
  const URLS = ["https://app.example.com/api/auth/token", "http://localhost:3000/login?next=%2F"];

  test.each(URLS)("%s is told to the page", (url) => {
    const env = { TODO_WEB_TOKEN_URL: url, TODO_WEB_SIGNIN_URL: url };
    expect(readServerSettings(env, LOCAL).web).toEqual({ tokenUrl: url, signInUrl: url });
  });

  test.each([
    ["app.example.com/token", "is not a URL"],
    ["http://app.example.com/token", "is not https"],
    ["javascript:alert(1)", "is not https"],
    ["https://ann:secret@app.example.com/token", "holds credentials"],
  ])("%s is refused with a word that says why, and is not repeated", (url, why) => {
    for (const name of ["TODO_WEB_TOKEN_URL", "TODO_WEB_SIGNIN_URL"]) {
      const { code, message } = refusal(() => readServerSettings({ [name]: url }, LOCAL));
      expect(code).toBe("usage");
      expect(message).toStartWith(`${name} ${why}`);
      expect(message).not.toContain(url);
    }
  });
});
