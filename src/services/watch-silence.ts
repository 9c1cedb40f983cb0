/** Waits for signs of life, and calls once there was none for so long. */
export function watchSilence(maxMs: number, onSilence: () => void) {
  let timer = setTimeout(onSilence, maxMs);
  const end = () => clearTimeout(timer);
  const noteSign = () => {
    end();
    timer = setTimeout(onSilence, maxMs);
  };
  return { noteSign, end };
}
