/** A person at a Discord client: what they do, and what they see. */

import { ComponentType, InteractionType } from "discord.js";
import { announce } from "./announcements.ts";
import type { Commands } from "./commands.ts";
import type { Responses } from "./responses.ts";
import type { Deed, Outcome } from "./interactions.ts";
import { isLoading, type Message } from "./messages.ts";
import { type OpenModal, submission } from "./modals.ts";
import { type Control, controlsOf, see } from "./rendered-message.ts";
import type { Answer, Modal, Person, Place, Seen } from "./types.ts";
import { compose } from "./typing.ts";
import type { Member } from "./workspace-state.ts";

/** What a person's client needs. */
export type PersonDeps = { readonly responses: Responses; readonly commands: Commands; readonly member: Member; readonly home: Place };

/** Creates a person. */
export function createPerson({ responses, commands, member, home }: PersonDeps): Person {
  const { workspace, messages, interactions, readers, door } = responses;
  const canSee = ({ onlyFor }: Message): boolean => onlyFor === undefined || onlyFor === member.id;
  const visible = ({ channelId }: Place): readonly Message[] => messages.in(channelId).filter(canSee);
  const shown = (id: string): Message => {
    const message = messages.find(id);
    if (!message || !canSee(message)) throw new Error(`Look at message ${id}: ${member.name} does not see it`);
    return message;
  };
  const act = async (deed: Omit<Deed, "member">): Promise<Answer> =>
    answerOf(await interactions.open({ ...deed, member }).outcome, (id) => see(shown(id)));
  const use = async (message: Message, { customId, type, id, isDisabled, label }: Control, values?: readonly string[]): Promise<Answer> => {
    if (customId === undefined || isDisabled) throw new Error(`Press "${label}": the bot does not hear of it`);
    const data = { id, custom_id: customId, component_type: type, ...(values ? { values } : {}) };
    const installs = installsOf(message);
    return await act({ type: InteractionType.MessageComponent, place: message.place, data, source: message, installs });
  };
  return {
    id: member.id,
    name: member.name,
    dm: member.dm,
    privately: member.privately,
    async slash(command, options = {}, place = home) {
      const { data, installs } = compose({ member, place, command, options }, commands.all);
      return await act({ type: InteractionType.ApplicationCommand, place, data, installs });
    },
    async type(command, option, text, others = {}) {
      const options = { ...others, [option]: text };
      const { data, installs } = compose({ member, place: home, command, options, focus: option }, commands.all);
      const deed = { type: InteractionType.ApplicationCommandAutocomplete, member, place: home, data, installs };
      const outcome = await interactions.open(deed).outcome;
      if (outcome.kind !== "offers") throw new Error(`Type /${command}: nothing was offered in time`);
      return outcome.offers;
    },
    async press({ id }, label) {
      const message = shown(id);
      const button = controlsOf(message).find((one) => one.type === ComponentType.Button && one.label === label);
      if (!button) throw new Error(`Press "${label}": it must be one of ${see(message).buttons.join(", ")}`);
      return await use(message, button);
    },
    async forge({ id }, customId) {
      const message = shown(id);
      const button = controlsOf(message).find((one) => one.type === ComponentType.Button);
      if (!button) throw new Error("Forge a press: the message must have a button");
      return await use(message, { ...button, customId });
    },
    async pick({ id }, label) {
      const message = shown(id);
      const menu = controlsOf(message).find(({ options }) => options.some((option) => option.label === label));
      const value = menu?.options.find((option) => option.label === label)?.value;
      if (!menu || value === undefined) throw new Error(`Pick "${label}": no menu of the message has it`);
      return await use(message, menu, [value]);
    },
    async submit(modal, fields) {
      const opener = interactions.byId(modal.openedBy)?.deed;
      if (!opener) throw new Error(`Submit "${modal.title}": nothing opened it`);
      const data = submission(modal as Modal & OpenModal, fields);
      const source = opener.source ? messages.find(opener.source.id) : undefined;
      const { place, installs } = opener;
      return await act({ type: InteractionType.ModalSubmit, place, data, installs, ...(source ? { source } : {}) });
    },
    async say(text, place = member.dm, { isPlain = false, file } = {}) {
      const isNaming = place.kind === "server" && !isPlain;
      const message = messages.say(member, place, isNaming ? `<@${workspace.bot.id}> ${text}` : text, file);
      announce(door, workspace, message);
      return see(message);
    },
    screen: (place) => visible(place).map(see),
    next: async (place) => {
      const message = await messages.changed.until(() =>
        visible(place).find(
          (one) => one.isFromBot && !isLoading(one) && !readers.has(member.id, one.id) && readers.give(member.id, one.id),
        ),
      );
      return see(message);
    },
    setMessages(openness) {
      Object.assign(member, { openness });
    },
    setManager(isManager) {
      Object.assign(member, { isManager });
    },
    setInstalled(isInstalled) {
      Object.assign(member, { isInstalled });
    },
  };
}

/** The installations of a press: those of its message. */
function installsOf({ raw }: Message): readonly number[] {
  const owners = raw.interaction_metadata?.authorizing_integration_owners;
  return owners ? Object.keys(owners).map(Number) : [0];
}

function answerOf(outcome: Outcome, look: (id: string) => Seen): Answer {
  if (outcome.kind === "offers") throw new Error("Answer: offers answer typing, and nothing else does");
  return outcome.kind === "message" ? { kind: "message", message: look(outcome.id) } : outcome;
}
