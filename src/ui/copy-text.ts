// Text onto the clipboard, to be called in the click itself: Safari lets a page write at no other time.

/** What was asked to be copied, and whether it is in the clipboard or must be copied by hand. */
export interface CopiedText {
  text: string;
  isInClipboard: boolean;
}

/** Copies a text, where the browser lets the page. */
export async function copyText(text: string): Promise<CopiedText> {
  // Absent outside secure contexts, which counts as denied.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  const isInClipboard = await (clipboard?.writeText(text).then(
    () => true,
    () => false,
  ) ?? false);
  return { text, isInClipboard };
}
