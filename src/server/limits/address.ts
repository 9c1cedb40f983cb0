import { isIP } from "node:net";

const WITH_PORT = /^\[([\da-f]*:[^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/i;
/** What stands before an IPv4 address in IPv6: mapped (RFC 4291, 2.5.5.2), or behind a NAT64 (RFC 6052, 2.1). */
const BEFORE_IPV4 = new Set(["0:0:0:0:0:ffff", "64:ff9b:0:0:0:0"]);
/** The first group of an address that an IPv4 address has for itself, which follows it (6to4, RFC 3056, 2). */
const SIX_TO_FOUR = 0x2002;

/** The networks that an address counts for, the smaller first. Only IPv6 has a larger one. */
export type Networks = readonly [network: string, site?: string];

/** The address in an element of `X-Forwarded-For`. Some proxies add the port. Undefined if it is no address. */
export function readHop(element: string): string | undefined {
  const address = element.trim().replace(WITH_PORT, "$1$2");
  return isIP(address) === 0 ? undefined : address;
}

/**
 * The network of one client, in one spelling: the /64 of an IPv6 address, because one client has all of it. An IPv4
 * address stands alone, even if it is part of an IPv6 address. Any other text stays as it is.
 */
export function networkOf(address: string): string {
  return networksOf(address)[0];
}

/** The network of a client, and for IPv6 the /48 around it, because a site may have all the networks in that. */
export function networksOf(address: string): Networks {
  if (isIP(address) !== 6) return [address];
  const groups = readGroups(address.replace(/%.*/, ""));
  const inner = findIPv4(groups);
  return inner ? [toIPv4(inner)] : [`${spell(groups.slice(0, 4))}::/64`, `${spell(groups.slice(0, 3))}::/48`];
}

/** The two groups of the IPv4 address in an IPv6 address, if there is one. */
function findIPv4(groups: readonly number[]): readonly number[] | undefined {
  if (groups[0] === SIX_TO_FOUR) return groups.slice(1, 3);
  return BEFORE_IPV4.has(spell(groups.slice(0, 6))) ? groups.slice(6) : undefined;
}

function spell(groups: readonly number[]): string {
  return groups.map((group) => group.toString(16)).join(":");
}

function toIPv4(groups: readonly number[]): string {
  return groups.flatMap((group) => [group >> 8, group & 255]).join(".");
}

/**
 * The eight groups of an IPv6 address, with those that `::` stands for. `URL` is not used, because it knows fewer
 * spellings.
 */
function readGroups(address: string): number[] {
  const [left = [], right = []] = address.split("::").map((half) => half.split(":").filter(Boolean).flatMap(readGroup));
  const missing = 8 - left.length - right.length;
  return [...left, ...Array.from({ length: missing }, () => 0), ...right];
}

/** The last two groups may be written as IPv4. */
function readGroup(text: string): number[] {
  if (!text.includes(".")) return [Number.parseInt(text, 16)];
  const [first = 0, second = 0, third = 0, fourth = 0] = text.split(".").map(Number);
  return [first * 256 + second, third * 256 + fourth];
}
