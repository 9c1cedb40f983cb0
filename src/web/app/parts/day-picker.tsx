import { useRef } from "preact/hooks";

type DayPickerProps = {
  readonly label: string;
  readonly children: string;
  /** The day that is chosen already, such as `2026-11-27`. */
  readonly day?: string | undefined;
  readonly pick: (day: string) => void;
};

/** A button that opens the calendar of the browser. */
export function DayPicker({ label, children, day = "", pick }: DayPickerProps) {
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <span class="day-picker">
      <button type="button" aria-label={label} onClick={() => calendar.current?.showPicker()}>
        {children}
      </button>
      <input
        ref={calendar}
        type="date"
        aria-hidden="true"
        tabIndex={-1}
        value={day}
        onChange={({ currentTarget: { value } }) => {
          if (value !== "") pick(value);
        }}
      />
    </span>
  );
}
