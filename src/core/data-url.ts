// A file that stands in a text, as films hold their pictures.

/** The bytes of a data URL in base64. */
export function dataUrlBytes(dataUrl: string): Uint8Array<ArrayBuffer> {
  const binary = atob(dataUrl.slice(dataUrl.indexOf(',') + 1));
  return Uint8Array.from(binary, (byte) => byte.charCodeAt(0));
}
