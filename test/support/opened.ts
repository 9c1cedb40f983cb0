import { afterAll, beforeAll } from "bun:test";

/** Opens something before the first test of a group, which all of them share, and closes it after the last one. */
export function useOpened<Opened extends { readonly close: () => Promise<unknown> }>(
  open: () => Promise<Opened>,
): () => Opened {
  let opened: Opened | undefined;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  return () => {
    if (!opened) throw new Error("what the tests share did not open");
    return opened;
  };
}
