import { describe, expect, test } from "bun:test";
import { completeUrl, isUnencrypted, namesServer, readServerUrl } from "../../../src/cli/config/server-url.ts";
import { refusal } from "../../support/errors.ts";

const read = (text: string) => readServerUrl(completeUrl(text), "the URL");

describe("a server that is typed as", () => {
  test.each([
    ["todo.example.com", "https://todo.example.com"],
    ["Todo.Example.COM", "https://todo.example.com"],
    ["todo.example.com:8443", "https://todo.example.com:8443"],
    ["example.com/todo/", "https://example.com/todo"],
    ["bücher.example", "https://xn--bcher-kva.example"],
    ["todo.xn--p1ai", "https://todo.xn--p1ai"],
    ["203.0.113.7:8787", "https://203.0.113.7:8787"],
    ["100.64.1.2:8787", "https://100.64.1.2:8787"],
    ["172.32.0.1:8787", "https://172.32.0.1:8787"],
    ["[2001:db8::1]:8787", "https://[2001:db8::1]:8787"],
    ["2001:db8::1", "https://[2001:db8::1]"],
    ["localhost.example.com:8787", "https://localhost.example.com:8787"],
    ["raspberrypi.local", "https://raspberrypi.local"],
    ["192.168.1.5:443", "https://192.168.1.5"],
  ])("%s is reached by TLS, at %s", (text, url) => {
    expect([namesServer(text), read(text), isUnencrypted(url)]).toEqual([true, url, false]);
  });

  test.each([
    ["localhost", "http://localhost"],
    ["LOCALHOST", "http://localhost"],
    ["localhost:8787", "http://localhost:8787"],
    ["localhost:8787/todo", "http://localhost:8787/todo"],
    ["127.0.0.1:8787", "http://127.0.0.1:8787"],
    ["[::1]:8787", "http://[::1]:8787"],
    ["::1", "http://[::1]"],
  ])("%s is on this machine, at %s", (text, url) => {
    expect([namesServer(text), read(text), isUnencrypted(url)]).toEqual([true, url, false]);
  });

  test.each([
    ["raspberrypi.local:8787", "http://raspberrypi.local:8787"],
    ["RaspberryPi.Local.:8787", "http://raspberrypi.local.:8787"],
    ["nas.lan:8787/todo", "http://nas.lan:8787/todo"],
    ["nas.home.arpa:8787", "http://nas.home.arpa:8787"],
    ["raspberrypi:8787", "http://raspberrypi:8787"],
    ["10.0.0.5:8787", "http://10.0.0.5:8787"],
    ["172.16.0.1:8787", "http://172.16.0.1:8787"],
    ["192.168.1.5:8787", "http://192.168.1.5:8787"],
    ["169.254.7.7:8787", "http://169.254.7.7:8787"],
    ["[fd12:3456::1]:8787", "http://[fd12:3456::1]:8787"],
    ["[fe80::1]:8787", "http://[fe80::1]:8787"],
  ])("%s is at home, at %s, where others can read", (text, url) => {
    expect([namesServer(text), read(text), isUnencrypted(url)]).toEqual([true, url, true]);
  });

  test.each([
    "http://todo.example.com",
    "http://203.0.113.7",
    "http://100.64.1.2",
    "http://172.15.0.1",
    "http://192.169.0.1",
    "http://11.0.0.1",
    "http://[2001:db8::1]",
    "http://[::ffff:192.168.1.5]",
    "http://[fec0::1]",
    "http://nas.local.example.com",
    "http://evil-local.com",
    "http://nas.internal",
    "http://0.0.0.0:8787",
  ])("%s is never reached without TLS where it is public", (text) => {
    expect(refusal(() => read(text)).message).toBe("the URL is not https: others could read your tokens");
  });

  test.each(["todo.example.com?", "https://todo.example.com/x?y", "todo.example.com#x", "localhost:8787/?"])(
    "%s has a part that no server has",
    (text) => expect(refusal(() => read(text)).code).toBe("usage"),
  );
});

describe("a word that may be a secret names no server:", () => {
  const RANDOM = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3I";

  test.each([
    "",
    "raspberrypi",
    "hunter2",
    "correct horse",
    `todo_pat_${RANDOM}`,
    `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.${RANDOM}`,
    `${RANDOM}.${RANDOM}`,
    "v1.4711",
    "a_b.example.com",
    "-a.example.com",
    "ada@example.com",
    "ada:hunter2@example.com",
    "hunter2:x",
    "localhost:123456",
    "todo.example.com:",
    "todo.example.com/a b",
    "javascript:alert(1)",
    "ftp://todo.example.com",
    "::::",
    "1.2.3",
  ])("%j", (word) => expect(namesServer(word)).toBe(false));
});
