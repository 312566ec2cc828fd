// A clip on its way to a file of another kind in the visitor's downloads; one file at a time.
import { clipFileName, convertedFileName } from '../../core/file-name.ts';
import type { Conversion } from '../../core/conversion.ts';
import type { FilmFormat } from '../../core/clip.ts';
import { failureOf } from '../../core/errors.ts';
import type { Failure } from '../../core/errors.ts';
import type { ClipLibrary } from '../../studio/clip-library.ts';
import { saveFile } from '../../studio/save-file.ts';

/** What a clip can be saved as. */
export const EXPORT_KINDS = ['mp4', 'gif', 'png-frames', 'sprite-sheet', 'poster'] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number] & ('mp4' | Conversion);

/** A clip that can be saved. */
export interface ExportSource {
  name: string;
  seed: number;
  codec: string;
  format: FilmFormat;
  mp4: () => Promise<Blob>;
}

/** The files of one clip. */
export class ClipExport {
  /** What is being written. */
  kind = $state<ExportKind>();
  /** 0..1 */
  fraction = $state(0);
  /** The name of the file that was saved last. */
  savedName = $state('');
  failure = $state.raw<Failure>();

  readonly #source: ExportSource;
  readonly #library: () => Promise<ClipLibrary>;
  #abort = new AbortController();

  constructor(source: ExportSource, library: () => Promise<ClipLibrary>) {
    this.#source = source;
    this.#library = library;
  }

  /** Writes a file and saves it; says nothing of a file that was cancelled. */
  async save(kind: ExportKind): Promise<void> {
    if (this.kind !== undefined) return;
    this.#abort = new AbortController();
    this.kind = kind;
    this.fraction = 0;
    this.savedName = '';
    this.failure = undefined;
    try {
      const { file, name } = await this.#write(kind, this.#abort.signal);
      saveFile(file, name);
      this.savedName = name;
    } catch (thrown) {
      const failure = failureOf(thrown);
      if (failure.code !== 'cancelled') this.failure = failure;
    }
    this.kind = undefined;
  }

  cancel(): void {
    this.#abort.abort();
  }

  async #write(kind: ExportKind, signal: AbortSignal): Promise<{ file: Blob; name: string }> {
    const { name, seed, codec, format } = this.#source;
    const named = { rows: [{ prompt: name }], seed };
    const mp4 = await this.#source.mp4();
    if (kind === 'mp4') return { file: mp4, name: clipFileName(named) };
    const library = await this.#library();
    const file = await library.convert({ mp4, codec, format, to: kind }, signal, (event) => {
      if (event.type === 'advance') this.fraction = event.done / format.frameCount;
    });
    return { file, name: convertedFileName(named, kind, format) };
  }
}
