import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { type BenchCommand, readLine, timeRun } from "./measure.ts";
import { IMPORTED, makeSample, type SampleTask } from "./sample.ts";

/** Fills a Taskwarrior folder with the same tasks and answers the commands that do the same. */
export function setUpTaskwarrior(folder: string, size: number): BenchCommand[] {
  const file = `${folder}/taskwarrior.json`;
  const imported = `${folder}/taskwarrior-imported.json`;
  writeFileSync(file, makeSample(size).map(toTaskwarrior).join(""));
  writeFileSync(imported, makeSample(IMPORTED).map(toTaskwarrior).join(""));
  const env = makeHome(`${folder}/task`);
  const fresh = makeHome(`${folder}/task-fresh`);
  timeRun(["task", "import", file], env);
  const command = (name: string, ...args: string[]): BenchCommand => ({
    name: `task ${name}`,
    prepare: () => ["task", ...args],
    env,
  });
  return [
    command("add", "add", "One", "more", "task", "+home"),
    command("list limit:50", "list", "limit:50"),
    command("list", "list"),
    { name: "task done", prepare: () => ["task", readLine(["task", "_ids"], env), "done"], env },
    command("export", "export"),
    {
      name: "task import of 10,000",
      prepare: () => {
        makeHome(`${folder}/task-fresh`);
        return ["task", "import", imported];
      },
      env: fresh,
    },
  ];
}

/** Its defaults, but for the questions that nobody is there to answer. */
function makeHome(home: string): { readonly TASKRC: string; readonly TASKDATA: string } {
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  writeFileSync(`${home}/taskrc`, `data.location=${home}\nconfirmation=off\nnews.version=2.6.0\n`);
  return { TASKRC: `${home}/taskrc`, TASKDATA: home };
}

function toTaskwarrior({ title, due_date, priority, project, tags }: SampleTask): string {
  const task = {
    uuid: crypto.randomUUID(),
    status: "pending",
    entry: "20260101T000000Z",
    description: title,
    ...(due_date !== null && { due: `${due_date.replaceAll("-", "")}T000000Z` }),
    ...(priority !== null && { priority: priority.charAt(0).toUpperCase() }),
    ...(project !== null && { project }),
    ...(tags.length > 0 && { tags }),
  };
  return `${JSON.stringify(task)}\n`;
}
