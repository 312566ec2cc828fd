/** Gives the focus to an element as it comes: the control that had it is gone, or what it asks comes first. */
export function takeFocus(element: HTMLElement): void {
  element.focus();
}
