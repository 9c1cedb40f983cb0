import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

type DialogProps = {
  readonly title: string;
  /** True where what is in it says enough, so that the title is for those alone who don't see it. */
  readonly isBare?: boolean;
  readonly isWide?: boolean;
  /** True if a click beside it closes it: nothing is asked that has to be answered. */
  readonly isLight?: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
};

/** A dialog over the page. The browser keeps the focus in it, closes it by Escape, and gives the focus back. */
export function Dialog({ title, isBare = false, isWide = false, isLight = false, onClose, children }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = element;
    current?.showModal();
    return () => current?.close();
  }, []);
  return (
    <dialog
      ref={element}
      class={isWide ? "wide" : undefined}
      aria-label={title}
      onClose={onClose}
      onClick={({ target }) => {
        // What lies around the content is the dialog itself.
        if (isLight && target === element.current) onClose();
      }}
    >
      {!isBare && <h2>{title}</h2>}
      {children}
    </dialog>
  );
}
