// The rows of one shot become a line of latent frames, and the line windows.
// A retake replaces a stretch of the line between what stands before and after it; the windows that it replaces
// may still be needed by those that went on from them.
import { promptOf } from './film.ts';
import type { Film, FilmRow, Retake } from './film.ts';
import {
  frameCountBy,
  framesAt,
  latentFrameCountFor,
  nearestLatentFrameCount,
  pictureAt,
  windowSpans,
} from './frame-math.ts';
import type { FrameGrid, WindowSpan } from './frame-math.ts';

/** One run of the denoiser. */
export interface FilmWindow {
  /** Position of its row in the storyboard. */
  rowIndex: number;
  /** Words for the model, camera included. */
  prompt: string;
  seed: number;
  /** Which noise of the seed; counts the windows of a shot. */
  noiseIndex: number;
  /** Whether its first latent frame begins a shot, holding one picture. */
  startsShot: boolean;
  /** Latent frames that are not made from noise. */
  given: readonly GivenLatentFrame[];
}

/** A latent frame of a window, by position in it. */
export interface LatentFrame {
  window: FilmWindow;
  position: number;
}

export interface GivenLatentFrame {
  position: number;
  /** A latent frame of another window, or a picture as a data URL. */
  from: LatentFrame | { picture: string };
}

/** Frames of a window, counted from its first latent frame on, given ones included. */
export interface FrameStretch {
  window: FilmWindow;
  start: number;
  frameCount: number;
}

/** A row as a part of a shot, and which frames of the film it has. */
export interface ShotRow {
  row: FilmRow;
  rowIndex: number;
  startFrame: number;
  /** Infinity when the row goes on until it is stopped. */
  endFrame: number;
}

export interface ShotOptions {
  rows: readonly ShotRow[];
  /** Infinity when the shot goes on until it is stopped. */
  frameCount: number;
  /** Frames behind its last that the next shot fades over from. */
  fadeFrameCount: number;
  /** What the shot arrives at without showing it: a latent frame, or its own first one. */
  end: LatentFrame | 'opening' | undefined;
}

/** What a stretch of the line is made with. */
interface Take {
  shotRow: ShotRow;
  startIndex: number;
  endIndex: number;
  seed: number;
  noiseIndex: number;
}

/** A line of latent frames, filled row by row, then retaken in parts. */
export class Shot {
  readonly #film: Film;
  readonly #grid: FrameGrid;
  readonly #options: ShotOptions;
  readonly #line: LatentFrame[] = [];
  /** Where each row starts in the line, and where the last one ends. */
  readonly #borders: readonly number[];
  #windowCount = 0;

  constructor(film: Film, grid: FrameGrid, options: ShotOptions) {
    this.#film = film;
    this.#grid = grid;
    this.#options = options;
    this.#borders = this.#findBorders();
    for (const index of options.rows.keys()) this.#fill(index);
    for (const [index, { row }] of options.rows.entries()) {
      for (const retake of row.retakes) this.#retake(index, retake);
    }
  }

  /** The latent frame that the shot begins with. */
  get opening(): LatentFrame {
    return this.#line[0]!;
  }

  /** The frames of the shot in order, one stretch for each window that has some. */
  *shown(): Generator<FrameStretch> {
    let frameIndex = 0;
    for (let index = 0; frameIndex < this.#options.frameCount; index = this.#windowEnd(index)) {
      if (index === this.#line.length) this.#goOn();
      const whole = this.#stretchFrom(index);
      const frameCount = Math.min(whole.frameCount, this.#options.frameCount - frameIndex);
      yield { ...whole, frameCount };
      frameIndex += frameCount;
    }
  }

  /** Frames right behind the last one shown, which the next shot fades over from: so many, or as many as fade. */
  behindEnd(maxFrameCount: number): FrameStretch[] {
    const stretches: FrameStretch[] = [];
    const { frameCount } = this.#options;
    const fadeFrameCount = Math.min(maxFrameCount, this.#options.fadeFrameCount);
    let frameIndex = 0;
    for (let index = 0; index < this.#line.length; index = this.#windowEnd(index)) {
      const { window, start, frameCount: wholeCount } = this.#stretchFrom(index);
      const skipped = Math.max(0, frameCount - frameIndex);
      const end = Math.min(wholeCount, frameCount + fadeFrameCount - frameIndex);
      if (end > skipped) {
        stretches.push({ window, start: start + skipped, frameCount: end - skipped });
      }
      frameIndex += wholeCount;
    }
    return stretches;
  }

  #findBorders(): number[] {
    const { rows, frameCount, fadeFrameCount } = this.#options;
    const { pictureCount } = this.#grid;
    const shotStart = rows[0]!.startFrame;
    const starts = rows.map(({ startFrame }, index) =>
      index === 0 ? 0 : nearestLatentFrameCount(startFrame - shotStart, pictureCount),
    );
    return [...starts, latentFrameCountFor(frameCount + fadeFrameCount, pictureCount)];
  }

  #fill(index: number): void {
    if (this.#borders[index + 1] === Infinity) this.#goOn();
    else this.#append(this.#options.rows[index]!, this.#borders[index + 1]!);
  }

  /** Adds one window to a line that has no end. */
  #goOn(): void {
    const { latentFrameCount, contextLatentFrameCount } = this.#grid;
    const contextCount = Math.min(this.#line.length, contextLatentFrameCount);
    this.#append(this.#options.rows.at(-1)!, this.#line.length + latentFrameCount - contextCount);
  }

  #append(shotRow: ShotRow, endIndex: number): void {
    const seed = shotRow.row.seed ?? this.#film.seed;
    const take = { shotRow, startIndex: this.#line.length, endIndex, seed };
    const made = this.#make({ ...take, noiseIndex: this.#windowCount });
    this.#windowCount += new Set(made.map(({ window }) => window)).size;
    this.#line.push(...made);
  }

  #retake(index: number, { startSeconds, endSeconds, seed }: Retake): void {
    const shotRow = this.#options.rows[index]!;
    const rowStart = this.#borders[index]!;
    const rowEnd = this.#borders[index + 1]!;
    if (rowStart === rowEnd) return;
    const indexAt = (seconds: number) => {
      const rowFrame = frameCountBy(seconds, this.#grid.framesPerSecond);
      const frame = shotRow.startFrame - this.#options.rows[0]!.startFrame + rowFrame;
      return pictureAt(frame, true, this.#grid.pictureCount).position;
    };
    let startIndex = Math.min(Math.max(rowStart, indexAt(startSeconds)), rowEnd - 1);
    while (
      startIndex > rowStart &&
      this.#line[startIndex - 1]!.window === this.#line[startIndex]!.window
    ) {
      startIndex--;
    }
    const lastIndex = Math.min(Math.max(startIndex, indexAt(endSeconds) - 1), rowEnd - 1);
    const endIndex = Math.min(this.#windowEnd(lastIndex), rowEnd);
    const { noiseIndex } = this.#line[startIndex]!.window;
    const take = { shotRow, startIndex, endIndex, seed, noiseIndex };
    this.#line.splice(startIndex, endIndex - startIndex, ...this.#make(take));
  }

  /** Makes the windows of a stretch; what stands before and after it in the line is given. */
  #make(take: Take): LatentFrame[] {
    const { row } = take.shotRow;
    const isRowEnd = take.endIndex === this.#borders[this.#options.rows.indexOf(take.shotRow) + 1];
    const picture = isRowEnd ? row.endPicture : undefined;
    // An end picture is the row's own last latent frame; what else is arrived at stands behind the row.
    const endIndex = picture === undefined ? take.endIndex : take.endIndex - 1;
    const end = picture === undefined ? this.#endAt(endIndex) : { picture };
    const kind = end === undefined ? 'open' : end === 'opening' ? end : 'given';
    const spans = windowSpans({ startIndex: take.startIndex, endIndex, end: kind }, this.#grid);
    const line = this.#line.slice(0, take.startIndex);
    for (const [index, span] of spans.entries()) {
      const isLast = index === spans.length - 1;
      const arrival = end === 'opening' ? line[0] : end;
      const window = this.#window({ ...take, noiseIndex: take.noiseIndex + index }, span, line);
      const endPosition = span.contextCount + span.newCount;
      if (isLast && arrival) window.given.push({ position: endPosition, from: arrival });
      const count = span.newCount + (isLast && picture !== undefined ? 1 : 0);
      for (let i = 0; i < count; i++) line.push({ window, position: span.contextCount + i });
    }
    return line.slice(take.startIndex);
  }

  /** What a stretch that ends here arrives at. */
  #endAt(index: number): LatentFrame | 'opening' | undefined {
    return this.#line[index] ?? (index === this.#borders.at(-1) ? this.#options.end : undefined);
  }

  #window({ shotRow, seed, noiseIndex }: Take, span: WindowSpan, line: readonly LatentFrame[]) {
    const { row, rowIndex } = shotRow;
    const startIndex = line.length - span.contextCount;
    const given: GivenLatentFrame[] = line
      .slice(startIndex)
      .map((from, position) => ({ position, from }));
    const picture = line.length === 0 ? row.startPicture : undefined;
    if (picture !== undefined) given.push({ position: 0, from: { picture } });
    return {
      rowIndex,
      prompt: promptOf(row),
      seed,
      noiseIndex,
      startsShot: startIndex === 0,
      given,
    };
  }

  /** Where the window of a latent frame ends in the line. */
  #windowEnd(index: number): number {
    const window = this.#line[index]?.window;
    let end = index + 1;
    while (this.#line[end]?.window === window && end < this.#line.length) end++;
    return end;
  }

  /** All frames of a window from a latent frame of the line on. */
  #stretchFrom(index: number): FrameStretch {
    const { window, position } = this.#line[index]!;
    const { pictureCount } = this.#grid;
    const last = this.#line[this.#windowEnd(index) - 1]!;
    const { start } = framesAt(position, window.startsShot, pictureCount);
    const end = framesAt(last.position, window.startsShot, pictureCount);
    return { window, start, frameCount: end.start + end.frameCount - start };
  }
}
