/** Where things stand on the picture, in pixels of a picture 360 wide, which is the width of a phone. */

/** The width of the whole picture. */
export const width = 360;

/** The first and the last pixel across that is drawn on. */
export const drawable = { left: 20, right: 340 } as const;

/** A part of the picture that reaches over its whole width: its markup from y = 0 down to `height`. */
export type Panel = { readonly height: number; readonly markup: string };

/** Two ends: of minutes, of ratios, or of pixels. */
export type Interval = readonly [from: number, to: number];
