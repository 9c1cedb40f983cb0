/** A pause that ends early if there is a reason not to wait any longer. */
export type Nap = { readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>; readonly wake: () => void };

export function createNap(): Nap {
  let wake = () => {};
  return {
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener("abort", end);
          resolve();
        };
        const timer = setTimeout(end, ms);
        signal.addEventListener("abort", end);
        wake = end;
        if (signal.aborted) end();
      }),
    wake: () => wake(),
  };
}
