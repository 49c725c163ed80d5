/** The group picture: one row a member, sorted by name, with the status of the week and no minutes. */

import type { Board, Row, Status } from "#core/groups/board.ts";
import { charactersOf } from "#core/lib/text.ts";
import { dateName, statusWords } from "#core/phrases.ts";
import { drawable, width } from "./layout.ts";
import { label, type TextStyle, textStyles, widthOf } from "./lettering.ts";
import { palette } from "./palette.ts";
import { element, path } from "./svg.ts";

const rowHeight = 26;
const top = 54;
const bottom = 12;
/** Maximum width of a name, in pixels. The rest of the row is for the mark and the status. */
const nameRoom = 165;

/** The picture of `board` as SVG, 360 pixels wide and as high as its rows. */
export function drawGroup(board: Board): string {
  const height = top + board.rows.length * rowHeight + bottom;
  const size = { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}`, "font-family": "Inter" };
  const card = {
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    rx: 14,
    fill: palette.card,
    stroke: palette.edge,
    "stroke-width": 1,
  };
  return element(
    "svg",
    size,
    element("rect", card),
    label(fitted(board.group.name, textStyles.title, drawable.right - drawable.left), textStyles.title, { x: drawable.left, y: 24 }),
    label(`Week of ${dateName(board.week.from, board.week.until)}`, textStyles.note, { x: drawable.left, y: 41 }),
    ...board.rows.map((row, index) => drawRow(row, top + index * rowHeight)),
  );
}

function drawRow({ name, status }: Row, y: number): string {
  const line = element("path", { d: path`M${drawable.left},${y}H${drawable.right}`, stroke: palette.hairline, "stroke-width": 0.5 });
  const words = status ? statusWords[status] : "member";
  return [
    line,
    drawMark(status, y + rowHeight / 2),
    label(fitted(name, textStyles.name, nameRoom), textStyles.name, { x: drawable.left + 22, y: y + 17 }),
    label(words, status === "good" ? textStyles.weekName : textStyles.note, { x: drawable.right, y: y + 17, anchor: "end" }),
  ].join("");
}

/** The mark of a status: full, half, ringed or empty, so that statuses differ without colour. */
function drawMark(status: Status | undefined, y: number): string {
  const x = drawable.left + 7;
  const ring = { cx: x, cy: y, r: 5.5, fill: "none", stroke: palette.week, "stroke-width": 1.5 };
  switch (status) {
    case "good":
      return element("circle", { ...ring, fill: palette.week });
    case "way":
      return element("circle", ring) + element("path", { d: path`M${x},${y - 5.5}A5.5,5.5,0,0,0,${x},${y + 5.5}Z`, fill: palette.week });
    case "past":
      return element("circle", { ...ring, fill: palette.mark, stroke: palette.markInk });
    case "resting":
      return element("circle", { ...ring, stroke: palette.hairline });
    case undefined:
      return element("path", { d: path`M${x - 4},${y}H${x + 4}`, stroke: palette.hairline, "stroke-width": 1.5 });
  }
}

/** `text`, cut to at most `room` pixels. */
function fitted(text: string, style: TextStyle, room: number): string {
  if (widthOf([{ text, style }]) <= room) return text;
  let short = "";
  for (const character of charactersOf(text)) {
    if (widthOf([{ text: `${short}${character}…`, style }]) > room) break;
    short += character;
  }
  return `${short}…`;
}
