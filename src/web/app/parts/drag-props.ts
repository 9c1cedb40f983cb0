import { drop, dragged, dropTarget } from "../data/tree-moves.ts";

/** The part of a row at its top and bottom where a task goes beside it, and not under it. */
const EDGE = 0.3;

/** What makes a row of the tree one that can be dragged and dropped on. */
export function dragProps(id: string) {
  return {
    draggable: true,
    onDragStart: ({ dataTransfer }: DragEvent) => {
      dataTransfer?.setData("text/plain", id);
      dragged.value = id;
    },
    onDragOver: (event: DragEvent) => {
      if (dragged.value === null || dragged.value === id || !(event.currentTarget instanceof Element)) return;
      event.preventDefault();
      const { top, height } = event.currentTarget.getBoundingClientRect();
      const part = (event.clientY - top) / height;
      dropTarget.value = { id, side: part < EDGE ? "before" : part > 1 - EDGE ? "after" : "under" };
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      void drop();
    },
    onDragEnd: () => {
      dragged.value = null;
      dropTarget.value = null;
    },
  };
}
