import { useRef } from "preact/hooks";

type AddFieldProps = {
  readonly label: string;
  /** Answers whether it was added. */
  readonly add: (text: string) => Promise<boolean>;
};

/** A line for one more of something. It is empty again when that was added. */
export function AddField({ label, add }: AddFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const adding = useRef<string | null>(null);
  const submit = async () => {
    const { current } = field;
    const text = current?.value ?? "";
    if (!current || text.trim() === "" || text === adding.current) return;
    adding.current = text;
    const isAdded = await add(text);
    adding.current = null;
    // Somebody may have typed on meanwhile.
    if (isAdded && current.value === text) current.value = "";
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <input ref={field} aria-label={label} placeholder={label} dir="auto" />
    </form>
  );
}
