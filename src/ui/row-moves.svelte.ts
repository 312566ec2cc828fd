// Rows of a list that are moved by hand or by keys: where a pointer puts them, and where the focus goes.
import { tick } from 'svelte';

/** The rows of a list, and what becomes of them. */
interface Rows<Row> {
  /** Those that can be moved, which are the last of the list. */
  movable: () => readonly Row[];
  /** Puts a row at another place among them; false where there is none. */
  move: (row: Row, to: number) => boolean;
  remove: (row: Row) => void;
  /** Tells where a row is now, counted from 1. */
  tell: (place: number, count: number) => void;
}

/** Moves and removes the rows of one list, and looks after the focus, which a moved or removed element loses. */
export class RowMoves<Row extends { readonly id: number }> {
  /** Whose children the rows are; the buttons in them say by `data-action` what they do. */
  list = $state.raw<HTMLElement>();
  isDragging = $state(false);
  readonly #rows: Rows<Row>;

  constructor(rows: Rows<Row>) {
    this.#rows = rows;
  }

  /** Moves a row past a neighbour. */
  async move(row: Row, by: -1 | 1): Promise<void> {
    const to = this.#indexOf(row) + by;
    const focused = document.activeElement;
    if (!this.#rows.move(row, to)) return;
    this.#rows.tell(to + 1, this.#rows.movable().length);
    await tick();
    if (!(focused instanceof HTMLElement) || !this.list?.contains(focused)) return;
    // A button that has come to its end gives the focus to the other one.
    const isOff = focused instanceof HTMLButtonElement && focused.disabled;
    const other = focused
      .closest('li')
      ?.querySelector<HTMLElement>('[data-action="move"]:not(:disabled)');
    (isOff ? other : focused)?.focus();
  }

  /** Moves a row by an arrow key with Alt. */
  moveByKey(event: KeyboardEvent, row: Row): void {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    if (this.#rows.movable().length < 2) return;
    event.preventDefault();
    void this.move(row, event.key === 'ArrowUp' ? -1 : 1);
  }

  /** Lets a row follow the pointer until it is let go. */
  grab(event: PointerEvent, row: Row): void {
    event.preventDefault();
    this.isDragging = true;
    const letGo = new AbortController();
    const { signal } = letGo;
    const end = () => {
      this.isDragging = false;
      letGo.abort();
    };
    addEventListener('pointermove', ({ clientY }) => this.#drag(row, clientY), { signal });
    addEventListener('pointerup', end, { signal });
    addEventListener('pointercancel', end, { signal });
  }

  /** Removes a row by its button; the focus goes to that of a neighbour, or to the list. */
  async remove(row: Row): Promise<void> {
    const buttons = () => [
      ...(this.list?.querySelectorAll<HTMLElement>('[data-action="remove"]') ?? []),
    ];
    const index = buttons().findIndex((button) => button === document.activeElement);
    this.#rows.remove(row);
    await tick();
    if (index >= 0) (buttons()[index] ?? buttons().at(-1) ?? this.list)?.focus();
  }

  /** A row goes past a neighbour once the pointer is past that one's middle. */
  #drag(row: Row, pointerY: number): void {
    const index = this.#indexOf(row);
    const { length } = this.#rows.movable();
    if (!this.list || index < 0) return;
    const elements = [...this.list.children].slice(-length);
    const middleOf = (element: Element | undefined) => {
      const box = element?.getBoundingClientRect();
      return box && box.top + box.height / 2;
    };
    if (pointerY < (middleOf(elements[index - 1]) ?? -Infinity)) void this.move(row, -1);
    else if (pointerY > (middleOf(elements[index + 1]) ?? Infinity)) void this.move(row, 1);
  }

  /** By its id: a row that has changed meanwhile may be another object. */
  #indexOf({ id }: Row): number {
    return this.#rows.movable().findIndex((row) => row.id === id);
  }
}
