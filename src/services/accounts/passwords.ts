import { TodoError } from "../../domain/errors.ts";

/** `isOutdated`: the password is right, but its hash has another algorithm or cost and should be renewed. */
export type Verdict = { readonly isRight: boolean; readonly isOutdated: boolean };

/** Both reject with `unavailable` while too many passwords wait. */
export type Passwords = {
  /** The PHC string of a password from `checkPassword`. It contains the algorithm, its cost and a new salt. */
  readonly hash: (password: string) => Promise<string>;
  /** Whether it is the password of the hash. An unreadable or missing hash takes just as long. */
  readonly verify: (password: string, hash: string | null) => Promise<Verdict>;
};

/** Memory in KiB, time in passes over it (RFC 9106, 3.1). There is always one lane. */
export type Cost = { readonly memoryCost: number; readonly timeCost: number };

/** The minimum for Argon2id in the OWASP Password Storage Cheat Sheet. */
const DEFAULT_COST: Cost = { memoryCost: 19_456, timeCost: 2 };
/** Hashes at a time: 76 MiB. */
const MAX_RUNNING_HASHES = 4;
const MAX_WAITING_HASHES = 100;
/** By then those that wait are long done. */
const RETRY_AFTER_S = 5;

/** UTF-16 units of at most 256 code points in any normal form. Some of the Kirat Rai script decompose into 6. */
const MAX_PASSWORD_BYTES = 6 * 256;

/** A salt and a hash of 32 bytes each, all 0. No known password has it. */
const NOBODYS = `${"A".repeat(43)}$${"A".repeat(43)}`;

/** The one spelling that is hashed, however a keyboard composed the letters: NFC (SP 800-63B-4, 3.1.1.2). */
export function normalizePassword(text: string): string {
  return text.normalize("NFC");
}

/** Hashes passwords with Argon2id version 0x13 (RFC 9106), outside the event loop's thread. */
export function createPasswords(cost: Cost = DEFAULT_COST): Passwords {
  const inTurn = createTurns(MAX_RUNNING_HASHES, MAX_WAITING_HASHES);
  const current = `$argon2id$v=19$m=${cost.memoryCost},t=${cost.timeCost},p=1$`;

  // Otherwise the time would tell who has an account here.
  const takeAsLong = async (): Promise<false> => {
    await Bun.password.verify("any", current + NOBODYS);
    return false;
  };
  const matches = async (password: string, hash: string): Promise<boolean> => {
    try {
      return await Bun.password.verify(normalizePassword(password), hash);
    } catch {
      return takeAsLong();
    }
  };

  return {
    hash: (password) =>
      inTurn(() => Bun.password.hash(normalizePassword(password), { algorithm: "argon2id", ...cost })),
    verify: (password, hash) =>
      inTurn(async () => {
        // An empty hash takes this path too, because Bun would reject it at once.
        const isRight = hash && canBePassword(password) ? await matches(password, hash) : await takeAsLong();
        return { isRight, isOutdated: isRight && hash?.startsWith(current) === false };
      }),
  };
}

/** False for texts that no password can be. Bun refuses the empty one, and hashes a lone surrogate as U+FFFD. */
function canBePassword(text: string): boolean {
  return text !== "" && text.length <= MAX_PASSWORD_BYTES && text.isWellFormed();
}

/**
 * Runs at most `running` works at a time, and the others in order of arrival. Rejects with `unavailable` if `waiting`
 * others wait already.
 */
export function createTurns(running: number, waiting: number): <T>(work: () => Promise<T>) => Promise<T> {
  const queue: (() => void)[] = [];
  let free = running;
  return async (work) => {
    if (free > 0) free -= 1;
    else await wait(queue, waiting);
    try {
      return await work();
    } finally {
      // A turn is handed on directly, so that no newcomer gets in between.
      const next = queue.shift();
      if (next) next();
      else free += 1;
    }
  };
}

function wait(queue: (() => void)[], most: number): Promise<void> {
  if (queue.length >= most) {
    throw new TodoError("unavailable", "too many passwords are being checked now", { retryAfter: RETRY_AFTER_S });
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  queue.push(resolve);
  return promise;
}
