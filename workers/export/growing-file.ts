// Bytes that come one after the other, or that a muxer writes at positions, to one Blob, without ever holding the file.
// Only the head, which is written again at the end, stays in memory; the body is handed to the browser part by part.

const PART_BYTE_LENGTH = 2 * 1024 * 1024;

/** A file that is written from front to back, but for its head. */
export class GrowingFile {
  #head = new Uint8Array(0);
  #isHeadOpen = true;
  readonly #parts: Blob[] = [];
  #pending: Uint8Array<ArrayBuffer>[] = [];
  #pendingByteLength = 0;
  #byteLength = 0;

  /**
   * Writes bytes, which must not change afterwards; what a head has not been given is zero.
   * @throws RangeError for a body that is not written in order
   */
  write(data: Uint8Array<ArrayBuffer>, position: number): void {
    const end = position + data.byteLength;
    if (this.#isHeadOpen && end > this.#byteLength) this.#growHead(end);
    if (end <= this.#head.byteLength) this.#head.set(data, position);
    else if (position === this.#byteLength) this.append(data);
    else throw new RangeError(`written at ${position} of a file of ${this.#byteLength} bytes`);
  }

  /** Writes bytes, which must not change afterwards, behind all others. */
  append(data: Uint8Array<ArrayBuffer>): void {
    this.endHead();
    this.#pending.push(data);
    this.#pendingByteLength += data.byteLength;
    this.#byteLength += data.byteLength;
    if (this.#pendingByteLength < PART_BYTE_LENGTH) return;
    this.#parts.push(new Blob(this.#pending));
    this.#pending = [];
    this.#pendingByteLength = 0;
  }

  /** Ends the head with what has been written; what comes behind it is written once and in order. */
  endHead(): void {
    this.#isHeadOpen = false;
  }

  /** Changes the head in place. */
  editHead(edit: (head: Uint8Array) => void): void {
    edit(this.#head);
  }

  /** The whole file with a last part behind it. */
  finish(end: Uint8Array<ArrayBuffer>, type: string): Blob {
    return new Blob([this.#head, ...this.#parts, ...this.#pending, end], { type });
  }

  #growHead(byteLength: number): void {
    const head = new Uint8Array(byteLength);
    head.set(this.#head);
    this.#head = head;
    this.#byteLength = byteLength;
  }
}
