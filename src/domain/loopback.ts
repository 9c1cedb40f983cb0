const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/;

/** True for a host that only this machine reaches (RFC 6890, RFC 6761), also as it stands in a URL. */
export function isLoopback(host: string): boolean {
  return LOOPBACK.test(host);
}
