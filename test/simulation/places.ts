/** Where simulated people live and go, and the changes of the clocks that they meet there. */

import { instantOf } from "./wall.ts";

/** Time zones of all kinds: whole, half and quarter hours, both ends of the date line, changes at midnight, and by half an hour or by two. */
export const zones: readonly string[] = [
  "Africa/Cairo",
  "Africa/Casablanca",
  "Africa/Johannesburg",
  "Africa/Lagos",
  "America/Anchorage",
  "America/Caracas",
  "America/Chicago",
  "America/Halifax",
  "America/Havana",
  "America/Los_Angeles",
  "America/New_York",
  "America/Nuuk",
  "America/Santiago",
  "America/Sao_Paulo",
  "America/Scoresbysund",
  "America/St_Johns",
  "Antarctica/Troll",
  "Asia/Beirut",
  "Asia/Dubai",
  "Asia/Gaza",
  "Asia/Jerusalem",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Asia/Shanghai",
  "Asia/Tehran",
  "Asia/Tokyo",
  "Asia/Yangon",
  "Atlantic/Azores",
  "Australia/Adelaide",
  "Australia/Eucla",
  "Australia/Lord_Howe",
  "Australia/Sydney",
  "Europe/Athens",
  "Europe/Berlin",
  "Europe/Dublin",
  "Europe/London",
  "Pacific/Apia",
  "Pacific/Auckland",
  "Pacific/Chatham",
  "Pacific/Easter",
  "Pacific/Honolulu",
  "Pacific/Kiritimati",
  "Pacific/Marquesas",
  "Pacific/Norfolk",
  "Pacific/Pago_Pago",
];

/** From one to the next the date line is crossed. */
export const acrossTheDateLine: readonly string[] = [
  "Pacific/Auckland",
  "Pacific/Honolulu",
  "Pacific/Kiritimati",
  "Pacific/Pago_Pago",
  "Pacific/Apia",
  "America/Los_Angeles",
  "Asia/Tokyo",
  "America/Anchorage",
];

/** Zones whose clocks change in the year that is simulated. */
export const changing: readonly string[] = [
  "Africa/Cairo",
  "America/Havana",
  "America/Nuuk",
  "America/Santiago",
  "America/Scoresbysund",
  "America/St_Johns",
  "Antarctica/Troll",
  "Asia/Beirut",
  "Asia/Gaza",
  "Atlantic/Azores",
  "Australia/Lord_Howe",
  "Europe/London",
  "Pacific/Chatham",
  "Pacific/Easter",
];

/** The instants from `from` until `until` at which the clocks of `zone` change. */
export function changesOf(zone: string, from: number, until: number): readonly number[] {
  const found: number[] = [];
  let last = instantOf(from).toZonedDateTimeISO(zone);
  for (;;) {
    const next = last.getTimeZoneTransition("next");
    if (!next || next.epochMilliseconds >= until) return found;
    found.push(next.epochMilliseconds);
    last = next;
  }
}
