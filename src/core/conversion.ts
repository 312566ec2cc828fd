// What a finished MP4 can be turned into, and the arithmetic of a sheet that shows all frames at once.
import type { FilmFormat } from './clip.ts';

/** The other files that a clip can become; a thumbnail is the small poster of the library. */
export type Conversion = 'gif' | 'png-frames' | 'sprite-sheet' | 'poster' | 'thumbnail';

/** How frames stand on a sheet: row by row, from the start of the film on. */
export interface SheetGrid {
  columnCount: number;
  rowCount: number;
  /** Of one frame; smaller than the film's where all frames would make too large a picture. */
  frameWidthPx: number;
  frameHeightPx: number;
}

/** The largest canvas of Safari on a phone. */
const MAX_SHEET_PIXEL_COUNT = 2 ** 24;
const MAX_SHEET_SIDE_PX = 8192;

/** The grid that is nearest to a square, whose frames have their own size unless the sheet would be too large. */
export function sheetGridOf({ frameCount, widthPx, heightPx }: FilmFormat): SheetGrid {
  const ideal = Math.sqrt((frameCount * heightPx) / widthPx);
  const columnCount = Math.max(1, Math.min(frameCount, Math.round(ideal)));
  const rowCount = Math.ceil(frameCount / columnCount);
  const sheetWidthPx = columnCount * widthPx;
  const sheetHeightPx = rowCount * heightPx;
  const scale = Math.min(
    1,
    MAX_SHEET_SIDE_PX / sheetWidthPx,
    MAX_SHEET_SIDE_PX / sheetHeightPx,
    Math.sqrt(MAX_SHEET_PIXEL_COUNT / (sheetWidthPx * sheetHeightPx)),
  );
  return {
    columnCount,
    rowCount,
    frameWidthPx: Math.max(1, Math.floor(widthPx * scale)),
    frameHeightPx: Math.max(1, Math.floor(heightPx * scale)),
  };
}
