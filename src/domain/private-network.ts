/**
 * Names that only a network of one's own resolves: those of mDNS (RFC 6762), of homes (RFC 8375), of many routers, and
 * names of one label. They may still lead elsewhere, so whoever relies on them looks at the address too.
 */
const PRIVATE_NAME = /^(?:[a-z\d-]+|(?:[a-z\d-]+\.)+(?:local|lan|home\.arpa))\.?$/;
/** RFC 1918 and RFC 3927. Not 100.64.0.0/10, which a provider's customers share. */
const PRIVATE_IPV4 = /^(?:10|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./;
/** RFC 4193 and RFC 4291: fc00::/7 and fe80::/10. */
const PRIVATE_IPV6 = /^(?:f[cd][\da-f]{2}|fe[89ab][\da-f]):/;
const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** True for an address that only a network of one's own routes. Not for loopback. */
export function isPrivateAddress(address: string): boolean {
  if (IPV4.test(address)) return PRIVATE_IPV4.test(address);
  return PRIVATE_IPV6.test(address.toLowerCase());
}

/** The same for a host as it stands in a URL, which may also be a name of such a network. */
export function isPrivateHost(host: string): boolean {
  if (host.startsWith("[")) return isPrivateAddress(host.slice(1, -1));
  return IPV4.test(host) ? isPrivateAddress(host) : PRIVATE_NAME.test(host);
}

/** Whether a host in a URL is a name, which has to be resolved. */
export function isHostName(host: string): boolean {
  return !host.startsWith("[") && !IPV4.test(host);
}
