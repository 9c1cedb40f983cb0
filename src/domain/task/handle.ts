/** No vowels and no digits, so a handle is never a word and never a number. */
const LETTERS = "bcdfghjklmnpqrstvwxz";
const RADIX = BigInt(LETTERS.length);
/**
 * 20^12 is 2^51.8. With a hundred thousand tasks one store in a million has a collision, and that is only an ambiguity.
 */
const HANDLE_LENGTH = 12;
/** The low 62 bits of a UUID, which versions 4 and 7 fill at random (RFC 9562). */
const RANDOM_BITS = (1n << 62n) - 1n;

/** The fewest letters that lists show and that name a task. */
export const MIN_HANDLE_LETTERS = 3;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const HANDLE = new RegExp(`^[${LETTERS}]{${MIN_HANDLE_LETTERS},${HANDLE_LENGTH}}$`);

/** The name that people type for a task: 12 letters from its UUID, so the same on every device and for ever. */
export function handleOf(id: string): string {
  let rest = BigInt(`0x${id.replaceAll("-", "")}`) & RANDOM_BITS;
  let handle = "";
  while (handle.length < HANDLE_LENGTH) {
    handle += LETTERS.charAt(Number(rest % RADIX));
    rest /= RADIX;
  }
  return handle;
}

/** The same for an id that a task names. What another version, or a broken writer, has named may be none, and stays as it is. */
export function handleOfNamed(id: string): string {
  return UUID.test(id) ? handleOf(id) : id;
}

/** True when the text can be the beginning of a handle. */
export function isHandlePrefix(text: string): boolean {
  return HANDLE.test(text);
}

/** The number of letters that tell a handle from its neighbours in sorted order, at least 3. */
export function uniquePrefixLength(handle: string, neighbours: readonly (string | null)[]): number {
  const shared = neighbours.map((other) => (other === null ? 0 : countSharedLetters(handle, other)));
  return Math.min(handle.length, Math.max(MIN_HANDLE_LETTERS, ...shared.map((letters) => letters + 1)));
}

function countSharedLetters(one: string, other: string): number {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count += 1;
  return count;
}
