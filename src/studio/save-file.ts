// A file of the page becomes one in the visitor's downloads.

/** Starts a download under a name. */
export function saveFile(file: Blob, fileName: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser reads the file after the click returns; a minute is long enough for any of ours.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
