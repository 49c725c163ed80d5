/** The application's commands: registered by the bot, and returned in Discord's form. */

import { isDeepStrictEqual } from "node:util";
import { ApplicationCommandUpdateRequestSchema } from "discord-api-spec/zod";
import { z } from "zod";
import type { ZodMiniType } from "zod/mini";
import { type Call, ok, type Route } from "./call.ts";
import { commandProblems, type Told } from "./command-rules.ts";
import type { Payload } from "./payloads.ts";
import { refuseProblems, refusals } from "./refusal.ts";
import { shapeProblems } from "./schema.ts";
import type { WorkspaceState } from "./workspace-state.ts";

/** A registered command. */
export type Command = Told & { readonly id: string; readonly version: string };

/** All commands. */
export type Commands = { readonly all: readonly Command[]; readonly routes: readonly Route[] };

const list = z.array(z.unknown()) as unknown as ZodMiniType;

/** Creates an empty set of commands. */
export function createCommands(workspace: WorkspaceState): Commands {
  const all: Command[] = [];
  const expectOurs = ({ params }: Call): void => {
    if (params["application"] !== workspace.bot.id) throw refusals.unknownApplication();
  };
  const put = (told: readonly Told[]): void => {
    const before = [...all];
    all.length = 0;
    for (const command of told) all.push(registered(command, before, workspace));
  };
  const path = "/applications/{application}/commands";
  const routes: Route[] = [
    {
      method: "GET",
      path,
      answer: (call) => {
        expectOurs(call);
        const isFull = call.query.get("with_localizations") === "true";
        return ok(isFull ? all : all.map(withoutLanguages));
      },
    },
    {
      method: "PUT",
      path,
      answer: (call) => {
        expectOurs(call);
        const { json } = call.body;
        refuseProblems(shapeProblems(list, json));
        const told = json as readonly Told[];
        refuseProblems(
          told.flatMap((command, index) =>
            shapeProblems(ApplicationCommandUpdateRequestSchema, command).map((words) => `[${index}].${words}`),
          ),
        );
        refuseProblems(commandProblems(told));
        put(told);
        return ok(all);
      },
    },
    {
      method: "PUT",
      path: "/applications/{application}/guilds/{guild}/commands",
      answer: () => {
        refuseProblems(["one scope only: commands are put for all servers, and would stand there twice"]);
        return ok([]);
      },
    },
  ];
  return { all, routes };
}

/** Registers a command. One with a known name keeps its id, and keeps its version if nothing changed. */
function registered(told: Told, before: readonly Command[], workspace: WorkspaceState): Command {
  const old = before.find(({ name, type }) => name === told.name && type === (told.type ?? 1));
  const id = old?.id ?? workspace.freshId();
  const languages = { name_localizations: null, description_localizations: null };
  const places = { contexts: null, integration_types: [0], dm_permission: true, nsfw: false, default_member_permissions: null };
  const { options, ...rest } = told;
  const inside = options?.length ? { options: options.map(cleaned) } : {};
  const given = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== null && value !== undefined));
  const own = { type: 1, description: "", ...languages, ...places, ...given, ...inside, application_id: workspace.bot.id };
  const version = old?.version ?? workspace.freshId();
  const command = { ...own, id, version } as unknown as Command;
  return old && !isDeepStrictEqual(old, command) ? { ...command, version: workspace.freshId() } : command;
}

/** Removes fields that are false or empty. */
function cleaned({ options, choices, required, autocomplete, ...option }: Told): Told {
  return {
    name_localizations: null,
    description_localizations: null,
    ...option,
    ...(required === true ? { required } : {}),
    ...(autocomplete === true ? { autocomplete } : {}),
    ...(options?.length ? { options: options.map(cleaned) } : {}),
    ...(choices?.length ? { choices: choices.map((choice) => ({ name_localizations: null, ...choice })) } : {}),
  };
}

function withoutLanguages(told: Payload | Told): Payload {
  const { name_localizations: _names, description_localizations: _words, options, choices, ...rest } = told as Told;
  return {
    ...rest,
    ...(options ? { options: options.map(withoutLanguages) } : {}),
    ...(choices ? { choices: choices.map((choice) => withoutLanguages(choice as unknown as Payload)) } : {}),
  };
}
