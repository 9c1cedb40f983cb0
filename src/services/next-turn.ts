/** What may be global. The types of a browser have no `setImmediate`. */
type Globals = {
  readonly setImmediate?: (work: () => void) => unknown;
  readonly MessageChannel: typeof MessageChannel;
};

const { setImmediate: soon }: Globals = globalThis;

/** Lets other events have their turn. Browsers have no `setImmediate`, and delay timers that follow each other. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (soon) return void soon(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      port1.close();
      resolve();
    });
    port1.start();
    port2.postMessage(null);
  });
}
