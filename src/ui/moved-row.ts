// Rows of a list that are moved by hand or by keys: where a pointer puts them, and where the focus goes.
import { tick } from 'svelte';

/** The place of a grabbed row under a pointer: past a neighbour once it is past that one's middle; else undefined. */
export function placeUnder(list: Element, index: number, pointerY: number): number | undefined {
  const middleOf = (at: number) => {
    const box = list.children[at]?.getBoundingClientRect();
    return box && box.top + box.height / 2;
  };
  const above = middleOf(index - 1);
  const below = middleOf(index + 1);
  if (above !== undefined && pointerY < above) return index - 1;
  return below !== undefined && pointerY > below ? index + 1 : undefined;
}

/** Gives back the focus that a moved element loses; a button that has come to its end gives it to the other one. */
export async function refocus(list: Element | undefined, focused: Element | null): Promise<void> {
  await tick();
  if (!(focused instanceof HTMLElement) || !list?.contains(focused)) return;
  const isOff = focused instanceof HTMLButtonElement && focused.disabled;
  const other = focused.closest('.head')?.querySelector<HTMLElement>('.bare:not(:disabled)');
  (isOff ? other : focused)?.focus();
}
