import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { networkOf, networksOf, readHop } from "../../../src/server/limits/address.ts";

const ODD_LETTERS = "0123456789abcdefF.:%[]/ ".split("");

describe("the network of", () => {
  test.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2::", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002:0003::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["2001:db8:0:0:ffff:ffff:ffff:ffff", "2001:db8:0:0::/64"],
    ["2001:db8:0:1::1", "2001:db8:0:1::/64"],
    ["2001::5:6:7:8:9", "2001:0:0:5::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
    ["::2:3:4:5:6:7:8", "0:2:3:4::/64"],
    ["1:2:3:4:5:6:192.0.2.1", "1:2:3:4::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["fe80::1%25", "fe80:0:0:0::/64"],
    ["fe80::1%eth0.100", "fe80:0:0:0::/64"],
    ["::ffff:192.0.2.1%eth0", "192.0.2.1"],
    // Bun's URL parser refuses these two.
    ["1::2:3:4:1.2.3.4", "1:0:0:2::/64"],
    ["0::0:0:0:0.0.0.0", "0:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::", "0:0:0:0::/64"],
    // That of a NAT64 for its own networks says nowhere where the IPv4 address begins.
    ["64:ff9b:1::192.0.2.1", "64:ff9b:1:0::/64"],
    ["::192.0.2.1", "0:0:0:0::/64"],
    ["::ffff:0:192.0.2.1", "0:0:0:0::/64"],
  ])("%s is %s", (address, network) => expect(networkOf(address)).toBe(network));

  test.each([
    ["2002:c000:201::", "192.0.2.1"],
    ["2002:c000:201:1:2:3:4:5", "192.0.2.1"],
    ["2002:C000:0201:ffff::%eth0", "192.0.2.1"],
    ["2002::", "0.0.0.0"],
    ["64:ff9b::192.0.2.1", "192.0.2.1"],
    ["64:FF9B:0:0:0:0:c000:0201", "192.0.2.1"],
  ])("%s is that of the IPv4 address in it, %s", (address, network) => {
    expect(networksOf(address)).toEqual([network]);
  });

  test.each<[string, string, string]>([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["2001:db8:1:3::", "2001:db8:1:3::/64", "2001:db8:1::/48"],
    ["2001:db8::1", "2001:db8:0:0::/64", "2001:db8:0::/48"],
    ["::1", "0:0:0:0::/64", "0:0:0::/48"],
  ])("%s is %s in %s", (address, network, site) => expect(networksOf(address)).toEqual([network, site]));

  test.each(["192.0.2.1", "0.0.0.0", "255.255.255.255", "127.0.0.1"])(
    "%s is itself and in no other, also where it is mapped",
    (address) => {
      expect(networksOf(address)).toEqual([address]);
      for (const mapped of [address, `::ffff:${address}`, `::FFFF:${address}`, `0:0:0:0:0:ffff:${address}`]) {
        expect(networkOf(mapped)).toBe(address);
      }
    },
  );

  test("a mapped address in digits is that address", () => {
    expect(["::ffff:c000:201", "::ffff:0:0", "::ffff:ff"].map(networkOf)).toEqual([
      "192.0.2.1",
      "0.0.0.0",
      "0:0:0:0::/64",
    ]);
  });

  test.each(["", "unknown", "1.2.3", "01.2.3.4", "[::1]", "::1]", "1.2.3.4:5", "::1::", "2001:db8::/64", "user@host"])(
    "%j, which is no address, is itself",
    (text) => expect(networkOf(text)).toBe(text),
  );

  test("two IPv6 addresses is one exactly where their first 64 bits are the same, however they are spelled", () => {
    const group = fc.oneof(fc.constant(0), fc.nat(0xffff));
    const four = fc.tuple(group, group, group, group);
    // The mapped ones are IPv4, and those of 6to4.
    const nets = four.filter((groups) => groups.some((each) => each !== 0) && groups[0] !== 0x2002);
    const spell = (groups: readonly number[]) => groups.map((each) => each.toString(16)).join(":");
    const spellings = [
      spell,
      (groups: readonly number[]) => groups.map((each) => each.toString(16).padStart(4, "0").toUpperCase()).join(":"),
      (groups: readonly number[]) => new URL(`http://[${spell(groups)}]`).hostname.slice(1, -1),
    ];
    fc.assert(
      fc.property(nets, nets, four, four, (net, other, host, otherHost) => {
        const network = networkOf(spell([...net, ...host]));
        expect(network).toMatch(/^[\da-f]{1,4}(:[\da-f]{1,4}){3}::\/64$/);
        for (const each of spellings) expect(networkOf(each([...net, ...otherHost]))).toBe(network);
        expect(networkOf(spell([...other, ...host])) === network).toBe(spell(net) === spell(other));
      }),
    );
  });

  test("anything has an answer", () => {
    const odd = fc.string({ unit: fc.constantFrom(...ODD_LETTERS), maxLength: 40 });
    fc.assert(fc.property(fc.oneof(odd, fc.string(), fc.ipV6(), fc.ipV4()), (text) => void networkOf(text)));
  });
});

describe("an element of X-Forwarded-For", () => {
  test.each([
    ["192.0.2.1", "192.0.2.1"],
    ["  192.0.2.1\t", "192.0.2.1"],
    ["192.0.2.1:567", "192.0.2.1"],
    ["192.0.2.1:0", "192.0.2.1"],
    ["::1", "::1"],
    ["2001:DB8::1", "2001:DB8::1"],
    ["[::1]", "::1"],
    [" [::1]:567 ", "::1"],
    ["[2001:DB8::1]:65535", "2001:DB8::1"],
    ["[::ffff:192.0.2.1]:567", "::ffff:192.0.2.1"],
    ["::ffff:192.0.2.1", "::ffff:192.0.2.1"],
    ["fe80::1%eth0", "fe80::1%eth0"],
    ["[fe80::1%eth0]:567", "fe80::1%eth0"],
    // Without brackets this is an address and no port.
    ["::1:567", "::1:567"],
  ])("%j names %s", (text, address) => expect(readHop(text)).toBe(address));

  test.each([
    "",
    " ",
    "unknown",
    "_hidden",
    "host.example",
    "192.0.2",
    "192.0.2.256",
    "0192.0.2.1",
    "3221225985",
    "0xc0.0.2.1",
    "192.0.2.1:",
    "192.0.2.1:x",
    "192.0.2.1:123456",
    "192.0.2.1:1:2",
    "192.0.2.1 198.51.100.1",
    "192.0.2.1/32",
    "[192.0.2.1]",
    "[192.0.2.1]:567",
    "[::1",
    "::1]",
    "[::1]567",
    "[::1]:",
    "[::1]]:5",
    "[[::1]]",
    "[]",
    "[]:567",
    '"192.0.2.1"',
    "for=192.0.2.1",
    "1::2::3",
    "١٩٢.0.2.1",
  ])("%j names nobody", (text) => expect(readHop(text)).toBeUndefined());

  test("names the same address with a port and without", () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV6(), fc.nat(65_535), (four, six, port) => {
        expect([readHop(`${four}:${port}`), readHop(`[${six}]:${port}`), readHop(`[${six}]`)]).toEqual([
          four,
          six,
          six,
        ]);
      }),
    );
  });

  test("is read in no time, however long it is", () => {
    const begin = performance.now();
    for (const text of ["[", ":", "1", "1.", "[:", "[::1]:", " ", "%"]) readHop(text.repeat(100_000));
    expect(performance.now() - begin).toBeLessThan(1000);
  });
});
