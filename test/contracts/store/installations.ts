/** The contract of the `Store` port: where the coach was let in. */

import { expect, test } from "vitest";
import type { PlatformName } from "#core/lib/ids.ts";
import type { Change, Installation } from "#core/model/changes/index.ts";
import type { Store } from "#src/ports/store.ts";
import { aSession } from "../../support/builders.ts";
import { alex, always, logged, odd, seen } from "./fixtures.ts";

const [slack, other] = ["slack", "Slack"].map((name) => name as PlatformName) as [PlatformName, PlatformName];

function at(workspace: string, sealed = `sealed for ${workspace}`, platform = slack): Installation {
  return { platform, workspace, encryptedToken: sealed };
}

function letIn(...all: readonly Installation[]): readonly Change[] {
  return all.map((installation) => ({ kind: "installation-saved", installation }));
}

function uninstalled(workspace: string, platform = slack): Change {
  return { kind: "installation-removed", platform, workspace };
}

/** What holds of installations. */
export function installations(store: () => Store): void {
  test("findInstallation gives nothing where the coach was not let in", async () => {
    await store().commit(letIn(at("T1")));
    expect(await store().findInstallation(slack, "T2")).toBeUndefined();
    expect(await store().findInstallation(other, "T1")).toBeUndefined();
    expect(await store().findInstallation(slack, "")).toBeUndefined();
  });
  test("installation-saved replaces that one and no other", async () => {
    await store().commit(letIn(at("T1"), at("T2"), at("T1", "elsewhere", other)));
    expect(await store().commit(letIn(at("T1", "anew")))).toBe("done");
    expect(await store().findInstallation(slack, "T1")).toStrictEqual(at("T1", "anew"));
    expect(await store().findInstallation(slack, "T2")).toStrictEqual(at("T2"));
    expect(await store().findInstallation(other, "T1")).toStrictEqual(at("T1", "elsewhere", other));
  });
  test("installations gives those of one platform, by workspace", async () => {
    await store().commit(letIn(at("T2"), at("T10"), at("E1"), at("T0", "x", other)));
    expect(await store().installations(slack)).toStrictEqual([at("E1"), at("T10"), at("T2")]);
    expect(await store().installations("discord" as PlatformName)).toStrictEqual([]);
  });
  test("installation-removed removes that one, and touches nothing when it is not there", async () => {
    await store().commit(letIn(at("T1"), at("T2"), at("T1", "x", other)));
    expect(await store().commit([uninstalled("T1")])).toBe("done");
    expect(await store().commit([uninstalled("T1"), logged(aSession())])).toBe("stale");
    expect(await store().sessions(alex.id, always)).toStrictEqual([]);
    expect(await store().installations(slack)).toStrictEqual([at("T2")]);
    expect(await store().installations(other)).toStrictEqual([at("T1", "x", other)]);
  });
  test("installation-saved keeps nothing of a commit that is stale", async () => {
    await store().commit([seen("1")]);
    expect(await store().commit([seen("1"), ...letIn(at("T1"))])).toBe("stale");
    expect(await store().findInstallation(slack, "T1")).toBeUndefined();
  });
  test.each(["", ...odd])("homes and what is sealed may be %j", async (text) => {
    await store().commit(letIn(at(text, text)));
    expect(await store().findInstallation(slack, text)).toStrictEqual(at(text, text));
  });
}
