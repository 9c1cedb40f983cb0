/** A connection on which exactly these bytes are sent. */
export async function connect(port: number) {
  let text = "";
  let isOpen = true;
  const end = () => {
    isOpen = false;
  };
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      data: (_, bytes) => void (text += bytes.toString()),
      close: end,
      error: end,
    },
  });
  return {
    write: (bytes: string) => socket.write(bytes),
    isOpen: () => isOpen,
    /** Breaks the connection off. */
    terminate: () => socket.terminate(),
    /** What has come once the pattern is in it, or once the connection is closed, or after a while. */
    read: async (pattern: RegExp) => {
      const giveUp = performance.now() + 3000;
      const isDone = () => !isOpen || pattern.test(text) || performance.now() > giveUp;
      while (!isDone()) await Bun.sleep(5);
      return text;
    },
  };
}

/** Sends a request as it is written and answers what comes back. */
export async function talk(port: number, request: string, pattern = /\r\n\r\n[^]+\}$/): Promise<string> {
  const connection = await connect(port);
  connection.write(request);
  const reply = await connection.read(pattern);
  connection.terminate();
  return reply;
}

/** The header of a reply as it was written. */
export function headerOf(reply: string, name: string): string | undefined {
  return new RegExp(`^${name}: (.*)\r$`, "im").exec(reply)?.[1];
}
