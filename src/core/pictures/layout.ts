/** Layout of the pictures, in pixels. The width of 360 is that of a phone. */

/** The width of the whole picture. */
export const width = 360;

/** The left and right edge of the content. */
export const drawable = { left: 20, right: 340 } as const;

/** A full-width part of a picture: its markup from y = 0 to `height`. */
export type Panel = { readonly height: number; readonly markup: string };

/** An interval of minutes, ratios or pixels. */
export type Interval = readonly [from: number, to: number];
