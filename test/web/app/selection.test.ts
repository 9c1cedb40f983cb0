import { beforeEach, describe, expect, test } from "bun:test";
import type { AgendaItem } from "../../../src/domain/agenda/agenda.ts";
import { rows } from "../../../src/web/app/data/rows.ts";
import {
  chooseUpTo,
  chosenHere,
  focused,
  focusedRow,
  moveAndChoose,
  moveFocus,
  tabStop,
  targets,
  toggleChosen,
} from "../../../src/web/app/data/selection.ts";
import { agendaDays } from "../../../src/web/app/data/views.ts";
import { showPlace, taskHere, taskOf } from "./tasks-here.ts";

const WATER = taskOf("water", { dueDate: "2030-01-01", recurrence: "daily" });
const TAXES = taskOf("taxes", { dueDate: "2030-01-03", scheduledDate: "2030-01-01" });
const CALL = taskOf("call", { dueDate: "2030-01-04" });

function itemOf(id: string, kind: AgendaItem["kind"], date: string): AgendaItem {
  return { kind, task: taskHere(id), date, occurrence: null };
}

/** Three days, in which a task repeats, and another one is planned for one day and due on a later one. */
function showThreeDays(): void {
  showPlace({ kind: "list", list: "upcoming" }, [WATER, TAXES, CALL]);
  agendaDays.value = [
    { day: "2030-01-01", items: [itemOf("water", "due", "2030-01-01"), itemOf("taxes", "planned", "2030-01-01")] },
    { day: "2030-01-02", items: [itemOf("water", "to_come", "2030-01-02")] },
    { day: "2030-01-03", items: [itemOf("water", "to_come", "2030-01-03"), itemOf("taxes", "due", "2030-01-03")] },
    { day: "2030-01-04", items: [itemOf("call", "due", "2030-01-04")] },
  ];
}

function walkDown(steps: number): (string | null)[] {
  return Array.from({ length: steps }, () => {
    moveFocus(1);
    return focused.value;
  });
}

describe("in a list by days", () => {
  beforeEach(showThreeDays);

  test("each row has a key of its own, also where a task has several", () => {
    const keys = rows.value.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  test("going down comes to every row that one can do something with, and stops at the last one", () => {
    expect(walkDown(6)).toEqual(["water", "taxes", "taxes", "call", "call", "call"]);
  });

  test("a task with several rows is chosen once", () => {
    toggleChosen("taxes");
    expect(chosenHere.value).toEqual(["taxes"]);
    expect(targets.value).toEqual(["taxes"]);
  });

  test("the tasks between two rows are chosen, and those beside them are not", () => {
    moveFocus("last");
    chooseUpTo("taxes due");
    expect(chosenHere.value).toEqual(["taxes", "call"]);
  });

  test("one row alone has the focus of a task with several", () => {
    walkDown(2);
    expect(focusedRow.value).toBe("taxes planned");
    walkDown(1);
    expect(focusedRow.value).toBe("taxes due");
  });
});

describe("in a list", () => {
  beforeEach(() => showPlace({ kind: "list", list: "all" }, [WATER, TAXES, CALL]));

  test("the Tab key leads to the first row until one had the focus, and when that one is gone", () => {
    expect(tabStop.value).toBe("water");
    moveFocus("last");
    expect(tabStop.value).toBe("call");
    showPlace({ kind: "list", list: "all" }, [WATER]);
    focusedRow.value = "call";
    expect(tabStop.value).toBe("water");
  });

  test("a command is about what is chosen, else about the focused row, and never about what is not listed", () => {
    expect(targets.value).toEqual([]);
    moveFocus("first");
    expect(targets.value).toEqual(["water"]);
    moveAndChoose(1);
    expect(targets.value).toEqual(["water", "taxes"]);
    showPlace({ kind: "list", list: "done" }, [WATER]);
    focusedRow.value = "water";
    expect(targets.value).toEqual([]);
  });
});
