// Bytes become a file in the visitor's downloads.

/** Starts a download of bytes under a name. */
export function saveFile(bytes: Uint8Array<ArrayBuffer>, fileName: string, mimeType: string): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads the blob after the click returns; a minute is long enough for any file of ours.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
