/** A browser: keeps cookies, follows redirects, and answers Slack's consent page. */

import type { OAuthServer } from "./oauth.ts";
import type { Browser, Page } from "./types.ts";

/** What a browser needs. */
export type BrowserOptions = {
  readonly oauth: OAuthServer;
  readonly authorizationUrl: string;
  /** The origin of the bot. */
  readonly bot: () => string | undefined;
  /** Maps a URL to its address on this machine. */
  readonly resolve: (url: string) => string;
};

const mostHops = 10;
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Creates a browser without cookies and without an open page. */
export function createBrowser(options: BrowserOptions, jar = createJar()): Browser {
  const { oauth, authorizationUrl, bot, resolve } = options;
  let page: Page | undefined;
  const visit = async (url: string, hops = 0): Promise<Page> => {
    if (hops > mostHops) throw new Error(`Open "${url}": it must lead somewhere, in ${mostHops} steps`);
    const response = await fetch(resolve(url), { redirect: "manual", headers: jar.headersFor(url) });
    jar.take(url, response.headers.getSetCookie());
    const text = await response.text();
    const next = response.headers.get("location");
    if (response.status >= 300 && response.status < 400 && next) return await visit(new URL(next, url).href, hops + 1);
    page = { url, status: response.status, text };
    return page;
  };
  const question = (): URLSearchParams => {
    if (page?.status === 200 && page.url.startsWith(`${authorizationUrl}?`)) return new URL(page.url).searchParams;
    throw new Error(`Answer Slack's question: it must be open, and open is ${page?.url ?? "nothing"}, ${page?.text ?? ""}`);
  };
  const ask = async (): Promise<Page> => await visit(`${bot() ?? ""}/slack/install`);
  const approve = (home: string): string => oauth.approve(question(), home);
  return {
    open: async (url) => await visit(url),
    ask,
    approve,
    deny: () => oauth.deny(question()),
    async install(home) {
      await ask();
      return await visit(approve(home));
    },
    copy: () => createBrowser(options, jar.copy()),
  };
}

type Jar = {
  copy(): Jar;
  headersFor(url: string): Record<string, string>;
  take(url: string, lines: readonly string[]): void;
};

/** Cookies by the origin that set them. */
function createJar(jar = new Map<string, Map<string, string>>()): Jar {
  const of = (url: string): Map<string, string> => {
    const { origin } = new URL(url);
    const cookies = jar.get(origin) ?? new Map<string, string>();
    jar.set(origin, cookies);
    return cookies;
  };
  return {
    copy: () => createJar(new Map([...jar].map(([origin, cookies]) => [origin, new Map(cookies)]))),
    headersFor(url) {
      const cookies = [...of(url)].map(([name, value]) => `${name}=${value}`);
      return cookies.length > 0 ? { cookie: cookies.join("; ") } : {};
    },
    take(url, lines) {
      for (const line of lines) {
        const [, name = "", value = "", rest = ""] = /^([^=;]+)=([^;]*)(.*)$/u.exec(line) ?? [];
        // A browser rejects secure cookies over HTTP, except from this machine.
        if (/;\s*secure/iu.test(rest) && !isSafe(url)) continue;
        if (isOver(rest)) of(url).delete(name);
        else of(url).set(name, value);
      }
    },
  };
}

function isSafe(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "127.0.0.1" || hostname === "localhost";
}

function isOver(attributes: string): boolean {
  const age = /;\s*max-age=(?<seconds>-?\d+)/iu.exec(attributes)?.groups?.["seconds"];
  if (age !== undefined) return Number(age) <= 0;
  const { day, month, year } = /;\s*expires=\w+, (?<day>\d\d) (?<month>\w{3}) (?<year>\d{4})/iu.exec(attributes)?.groups ?? {};
  if (!day || !month || !year) return false;
  const on = Temporal.PlainDate.from({ year: Number(year), month: months.indexOf(month) + 1, day: Number(day) });
  return Temporal.PlainDate.compare(on, Temporal.Now.plainDateISO("UTC")) < 0;
}
