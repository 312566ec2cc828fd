import { expect, it } from 'vitest';
import { FilmDraft } from '../../src/ui/write/film-draft.svelte.ts';
import { FormUndo } from '../../src/ui/write/form-undo.svelte.ts';
import { film } from './films.ts';

function draftWithUndo() {
  const draft = new FilmDraft();
  const undo = new FormUndo(draft);
  draft.beforeReplaced = () => undo.keep();
  return { draft, undo };
}

it('brings back exactly what was there, step by step, and the other way', () => {
  const { draft, undo } = draftWithUndo();
  const states: string[] = [];
  const look = () => JSON.stringify(draft.toJson());
  const step = (change: () => void) => {
    states.push(look());
    change();
  };
  const first = draft.rows[0]!;
  first.prompt = 'typed by hand';
  first.camera = 'the camera zooms in';
  first.startPicture = { png: 'data:image/png;base64,AAAA' };
  first.retakes = [{ startSeconds: 0, endSeconds: 1, seed: 3 }];
  draft.add().prompt = 'a second shot';
  step(() => draft.remove(first));
  step(() => draft.load(film([{ prompt: 'a film from a file' }], { seed: 9, guidance: 2 })));
  draft.rows[0]!.prompt = 'typed after that';
  step(() => {
    draft.beforeReplaced();
    draft.begin('an example');
  });
  const last = look();
  for (const state of states.toReversed()) {
    undo.undo();
    expect(look()).toBe(state);
  }
  expect(draft.rows[0]).toBe(first);
  expect(undo.canUndo).toBe(false);
  for (const state of [...states.slice(1), last]) {
    undo.redo();
    expect(look()).toBe(state);
  }
  expect(undo.canRedo).toBe(false);
});

it('keeps what was typed between a change and its undo', () => {
  const { draft, undo } = draftWithUndo();
  draft.beforeReplaced();
  draft.rows[0]!.prompt = 'an example and more';
  undo.undo();
  expect(draft.rows[0]!.prompt).toBe('');
  undo.redo();
  expect(draft.rows[0]!.prompt).toBe('an example and more');
});

it('forgets the way forth with the next change, and the oldest of very many', () => {
  const { draft, undo } = draftWithUndo();
  draft.beforeReplaced();
  undo.undo();
  expect(undo.canRedo).toBe(true);
  for (let index = 0; index < 60; index++) {
    draft.beforeReplaced();
    draft.rows[0]!.prompt = String(index);
  }
  expect(undo.canRedo).toBe(false);
  for (let index = 0; index < 100; index++) undo.undo();
  expect(draft.rows[0]!.prompt).toBe('9');
});

it('brings back whether a link had filled the form in', () => {
  const { draft, undo } = draftWithUndo();
  draft.rows[0]!.prompt = 'typed by hand';
  draft.load(film([{ prompt: 'a film from a link' }]));
  draft.isFromLink = true;
  undo.undo();
  expect(draft.isFromLink).toBe(false);
  undo.redo();
  expect(draft.isFromLink).toBe(true);
});
