/** The contract of the `Adapter` port: files. */

import { expect, test } from "vitest";
import type { DeliveryKey } from "#core/lib/ids.ts";
import { type Reply, text } from "#core/model/reply.ts";
import type { Raise, Stand } from "./adapter.ts";

const files: Reply = {
  blocks: [
    text("Here it is."),
    { kind: "file", name: "sessions.csv", type: "text/csv", content: "\uFEFFdate,note\r\n2026-11-25,שלום 💪\r\n" },
    { kind: "file", name: "all.json", type: "application/json", content: '{"format":"x"}\n' },
  ],
};

/** What holds of files that the coach sends. */
export function filing(raise: Raise): void {
  const named = (stand: Stand): readonly string[] =>
    stand.files().map(({ name, content }) => `${name.replace(/^coach-me-/u, "")}: ${content}`);
  const expected = files.blocks.flatMap((block) => (block.kind === "file" ? [`${block.name}: ${block.content}`] : []));

  test("files that are said unasked arrive as they are, and nobody else has them", async () => {
    const stand = await raise();
    await stand.start();
    expect(await stand.adapter.send(stand.surface, files, "export someone 1" as DeliveryKey)).toEqual({ kind: "sent" });
    await stand.shows("Here it is.");
    await expect.poll(() => named(stand).toSorted()).toEqual(expected.toSorted());
    expect(stand.shownToOthers()).not.toMatch(/sessions\.csv|Here it is/u);
  });

  test("files that are answered among others reach the asker alone", async () => {
    const stand = await raise(async () => files);
    await stand.start();
    await stand.say("export", "among others");
    await stand.shows("Here it is.");
    await expect.poll(() => named(stand).toSorted()).toEqual(expected.toSorted());
    expect(stand.shownToOthers()).not.toMatch(/sessions\.csv|Here it is/u);
  });
}

/** What holds of files that somebody sends. */
export function receiving(raise: Raise): void {
  const content = "date,minutes,activity\n2026-11-25,20,Kräftigung 💪\n";

  test("a file that somebody sends is handed over with its name, its size and its bytes", async () => {
    const { start, sendFile, heard } = await raise();
    await start();
    await sendFile("sessions.csv", content);
    await expect.poll(() => heard.length).toBe(1);
    const file = heard[0]?.file;
    expect(file?.name).toMatch(/sessions\.csv$/u);
    expect(file?.size).toBe(Buffer.byteLength(content));
    expect(await file?.read(1000)).toEqual({ kind: "bytes", bytes: Buffer.from(content) });
  });

  test("no more of a file is had than is wanted", async () => {
    const { start, sendFile, heard } = await raise();
    await start();
    await sendFile("sessions.csv", content);
    await expect.poll(() => heard.length).toBe(1);
    expect(await heard[0]?.file?.read(10)).toEqual({ kind: "too-large" });
  });
}
