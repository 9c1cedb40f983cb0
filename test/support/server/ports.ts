const [FIRST, COUNT] = [20_000, 12_000];

/**
 * A port that may be free. It is none of those that the system gives to outgoing connections, so that who gives it up
 * for a while finds it free again.
 */
export function drawPort(): number {
  return FIRST + Math.floor(Math.random() * COUNT);
}
