/**
 * The access token that the page gives. It is undefined until the page has said anything, and null if nobody is signed in or the
 * server has refused it.
 */
export type AccessToken = {
  readonly current: () => string | null | undefined;
  readonly set: (token: string | null) => void;
  /** Forgets a token that the server has refused, unless there is another one by now. */
  readonly refuse: (token: string) => void;
  /** Resolves with the token as soon as there is one. */
  readonly wait: () => Promise<string>;
};

export function createAccessToken(): AccessToken {
  let token: string | null | undefined;
  let waiting = Promise.withResolvers<string>();
  return {
    current: () => token,
    set: (given) => {
      token = given;
      if (given === null) return;
      waiting.resolve(given);
      waiting = Promise.withResolvers();
    },
    refuse: (refused) => {
      if (token === refused) token = null;
    },
    wait: () => (token == null ? waiting.promise : Promise.resolve(token)),
  };
}
