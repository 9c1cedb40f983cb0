import { useEffect } from "preact/hooks";
import { persistStorage, readStorage, type Storage, storage } from "../../data/storage.ts";

const MB = 1_000_000;
const GB = 1000 * MB;

/** How the browser keeps the tasks, and whether it may remove them. */
export function StorageSettings() {
  useEffect(() => void readStorage(), []);
  const { value: kept } = storage;
  if (kept === null) return null;
  return (
    <section aria-labelledby="storage-title">
      <h2 id="storage-title">Storage</h2>
      <p>
        {kept.isPersistent
          ? "The browser keeps what is here until you remove it."
          : "The browser may remove what is here if the disk is full, or when a private window is closed. What is synced is on the server."}
      </p>
      <p class="quiet">{describeUse(kept)}</p>
      {!kept.isPersistent && (
        <p class="buttons">
          <button type="button" onClick={() => void persistStorage()}>
            Ask the browser to keep it
          </button>
        </p>
      )}
    </section>
  );
}

/** `Uses 3.2 MB. There is room for 10.7 GB more.` */
export function describeUse({ usedBytes, freeBytes }: Storage): string {
  return `Uses ${formatBytes(usedBytes)}. There is room for ${formatBytes(freeBytes)} more.`;
}

function formatBytes(bytes: number): string {
  const [unit, name] = bytes < GB ? [MB, "MB"] : [GB, "GB"];
  return `${(bytes / unit).toLocaleString("en", { maximumFractionDigits: 1 })} ${name}`;
}
