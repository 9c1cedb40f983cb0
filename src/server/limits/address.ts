import { isIP } from "node:net";

const WITH_PORT = /^\[([\da-f]*:[^\]]*)\](?::\d{1,5})?$|^([\d.]+):\d{1,5}$/i;
/** The start of an IPv4 address that is mapped into IPv6 (RFC 4291, 2.5.5.2). */
const MAPPED = "0:0:0:0:0:ffff";

/** The address in an element of `X-Forwarded-For`. Some proxies add the port. Undefined if it is no address. */
export function readHop(element: string): string | undefined {
  const address = element.trim().replace(WITH_PORT, "$1$2");
  return isIP(address) === 0 ? undefined : address;
}

/**
 * The network of one client, in one spelling: the /64 of an IPv6 address, because one client has all of it. An IPv4
 * address stands alone, even if it is mapped into IPv6. Any other text stays as it is.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = readGroups(address.replace(/%.*/, ""));
  return spell(groups.slice(0, 6)) === MAPPED ? toIPv4(groups.slice(6)) : `${spell(groups.slice(0, 4))}::/64`;
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
