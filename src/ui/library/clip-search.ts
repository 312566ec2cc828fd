// Which kept clips fit what is typed into the search field.
import type { KeptClip } from '../../core/kept-clip.ts';

/** The clips whose name and prompts together hold every typed word, in any case and order. */
export function clipsMatching(
  clips: readonly KeptClip[],
  query: string,
  isStarredOnly: boolean,
): readonly KeptClip[] {
  const typed = plain(query).split(/\s+/).filter(Boolean);
  return clips.filter(({ name, film, isStarred }) => {
    if (isStarredOnly && !isStarred) return false;
    const text = plain([name, ...film.rows.map(({ prompt }) => prompt)].join(' '));
    return typed.every((word) => text.includes(word));
  });
}

/** Without case and accents. */
function plain(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase();
}
