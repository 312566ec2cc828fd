// The picture among what was dropped or pasted.

/** The first picture file; undefined where there is none. */
export function pictureIn(data: DataTransfer | null): File | undefined {
  return [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/'));
}
