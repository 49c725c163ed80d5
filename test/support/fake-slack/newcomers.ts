/** People who join later, which `emulate` does not support. Their calls are handled here, fast enough for load tests. */

import type { Loose } from "./types.ts";
import type { Member } from "./workspace-state.ts";

type Post = { readonly ts: string; readonly body: Loose };

/** The people who joined. */
export type Newcomers = {
  /** The newcomer of that name. An unknown name joins now. */
  join(name: string): Member;
  /** Handles `method` if it concerns a newcomer; undefined otherwise. */
  answer(method: string, body: Loose): Loose | undefined;
};

/** A counter that makes message timestamps unique. */
let posts = 0;

/** Creates an empty set of newcomers, with the bot and Slack's clock. */
export function createNewcomers(botId: string, now: () => Temporal.Instant): Newcomers {
  const members = new Map<string, Member>();
  const byId = new Map<string, Member>();
  const histories = new Map<string, Post[]>();
  const answers: Readonly<Record<string, (member: Member, body: Loose) => Loose>> = {
    "users.info": ({ id, name }) => ({ id, name, real_name: name, profile: { display_name: name, real_name: name } }),
    "conversations.open": ({ dm }) => ({ channel: { id: dm } }),
    "views.publish": ({ id }, { view }) => ({ view: { ...(view as Loose), id: `V${id}` } }),
    "chat.postMessage": ({ dm }, body) => {
      const ts = `${Math.floor(now().epochMilliseconds / 1000)}.9${String((posts += 1)).padStart(5, "0")}`;
      histories.set(dm, [{ ts, body }, ...(histories.get(dm) ?? [])]);
      return { channel: dm, ts, message: messageOf({ ts, body }, botId) };
    },
    "conversations.history": ({ dm }, body) => page(histories.get(dm) ?? [], body, botId),
  };
  return {
    join(name) {
      const found = members.get(name);
      if (found) return found;
      const place = `${members.size + 1}`.padStart(7, "0");
      const member = { id: `U1${place}`, name, dm: `D1${place}` };
      members.set(name, member);
      byId.set(member.id, member).set(member.dm, member);
      return member;
    },
    answer(method, body) {
      const about = ["user", "users", "user_id", "channel"].map((key) => body[key]).find((value) => typeof value === "string");
      const member = byId.get(about ?? "");
      const result = member && answers[method]?.(member, body);
      if (!result) return undefined;
      return method === "users.info" ? { ok: true, user: result } : { ok: true, ...result };
    },
  };
}

function messageOf({ ts, body }: Post, user: string): Loose {
  return { type: "message", user, text: body["text"], ts, blocks: body["blocks"], metadata: body["metadata"] };
}

/** A page of posts, newest first. */
function page(posts: readonly Post[], { oldest = "0", limit = 100, cursor }: Loose, user: string): Loose {
  const since = posts.filter(({ ts }) => Number(ts) >= Number(oldest));
  const start = Math.max(
    0,
    since.findIndex(({ ts }) => ts === cursor),
  );
  const next = since[start + Number(limit)]?.ts ?? "";
  const messages = since.slice(start, start + Number(limit)).map((post) => messageOf(post, user));
  return { messages, has_more: next !== "", response_metadata: { next_cursor: next } };
}
