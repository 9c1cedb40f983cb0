const HEAD = 2048;

/** Whether a text is most probably a backup of TickTick. */
export function looksLikeTicktick(text: string): boolean {
  const head = text.slice(0, HEAD);
  return head.includes('"List Name"') && head.includes('"taskId"');
}
