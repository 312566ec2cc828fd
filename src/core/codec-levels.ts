// The codec levels that a film needs, from the tables of the three standards.
// A level too low for the film makes an encoder refuse; one too high makes small players refuse.
import type { FilmFormat } from './clip.ts';

/** One row of a level table: the code as codec strings write it and the most that the level allows. */
interface Level {
  code: string;
  sidePx: number;
  pixelCount: number;
  pixelsPerSecond: number;
  bitsPerSecond: number;
}

/** The levels of one codec, lowest first; sides count in whole blocks. */
export interface LevelTable {
  blockPx: number;
  levels: readonly Level[];
}

/** H.264: ITU-T H.264 table A-1. The bit rates are those of Baseline and Main; High allows a quarter more. */
export const H264_LEVELS: LevelTable = {
  blockPx: 16,
  levels: [
    h264Level('0a', 1485, 99, 64),
    h264Level('0b', 3000, 396, 192),
    h264Level('0c', 6000, 396, 384),
    h264Level('0d', 11880, 396, 768),
    h264Level('14', 11880, 396, 2000),
    h264Level('15', 19800, 792, 4000),
    h264Level('16', 20250, 1620, 4000),
    h264Level('1e', 40500, 1620, 10000),
    h264Level('1f', 108000, 3600, 14000),
    h264Level('20', 216000, 5120, 20000),
    h264Level('28', 245760, 8192, 20000),
    h264Level('29', 245760, 8192, 50000),
    h264Level('2a', 522240, 8704, 50000),
    h264Level('32', 589824, 22080, 135000),
    h264Level('33', 983040, 36864, 240000),
    h264Level('34', 2073600, 36864, 240000),
  ],
};

/** VP9: "VP9 levels", webmproject.org/vp9/levels. */
export const VP9_LEVELS: LevelTable = {
  blockPx: 1,
  levels: [
    level('10', 829440, 36864, 200, 512),
    level('11', 2764800, 73728, 800, 768),
    level('20', 4608000, 122880, 1800, 960),
    level('21', 9216000, 245760, 3600, 1344),
    level('30', 20736000, 552960, 7200, 2048),
    level('31', 36864000, 983040, 12000, 2752),
    level('40', 83558400, 2228224, 18000, 4160),
    level('41', 160432128, 2228224, 30000, 4160),
    level('50', 311951360, 8912896, 60000, 8384),
    level('51', 588251136, 8912896, 120000, 8384),
    level('52', 1176502272, 8912896, 180000, 8384),
  ],
};

/** AV1: specification annex A.3. Of its two side limits the shorter stands here, so that a portrait film fits too. */
export const AV1_LEVELS: LevelTable = {
  blockPx: 1,
  levels: [
    level('00', 4423680, 147456, 1500, 1152),
    level('01', 8363520, 278784, 3000, 1584),
    level('04', 19975680, 665856, 6000, 2448),
    level('05', 31950720, 1065024, 10000, 3096),
    level('08', 70778880, 2359296, 12000, 3456),
    level('09', 141557760, 2359296, 20000, 3456),
    level('12', 267386880, 8912896, 30000, 4352),
    level('13', 534773760, 8912896, 40000, 4352),
    level('14', 1069547520, 8912896, 60000, 4352),
  ],
};

/** The code of the lowest level that allows the film; undefined where none does. */
export function levelCodeFor(
  table: LevelTable,
  format: FilmFormat,
  bitsPerSecond: number,
): string | undefined {
  const widthPx = Math.ceil(format.widthPx / table.blockPx) * table.blockPx;
  const heightPx = Math.ceil(format.heightPx / table.blockPx) * table.blockPx;
  const pixelCount = widthPx * heightPx;
  return table.levels.find(
    (level) =>
      Math.max(widthPx, heightPx) <= level.sidePx &&
      pixelCount <= level.pixelCount &&
      pixelCount * format.framesPerSecond <= level.pixelsPerSecond &&
      bitsPerSecond <= level.bitsPerSecond,
  )?.code;
}

function level(
  code: string,
  pixelsPerSecond: number,
  pixelCount: number,
  kilobitsPerSecond: number,
  sidePx: number,
): Level {
  return { code, sidePx, pixelCount, pixelsPerSecond, bitsPerSecond: kilobitsPerSecond * 1000 };
}

/** MaxMBPS, MaxFS and MaxBR; a side may have √(8 × MaxFS) macroblocks. */
function h264Level(
  code: string,
  macroblocksPerSecond: number,
  macroblockCount: number,
  kilobitsPerSecond: number,
): Level {
  const sidePx = Math.floor(Math.sqrt(8 * macroblockCount)) * 16;
  return level(code, macroblocksPerSecond * 256, macroblockCount * 256, kilobitsPerSecond, sidePx);
}
