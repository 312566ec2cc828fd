// A job told as events that hold only numbers, and what the events so far add up to.
// Totals are planned once; done never falls; exactly one terminal event ends a job.
import type { DeviceFacts } from './device.ts';
import type { Failure } from './errors.ts';
import type { StorageRefusal } from './storage-refusal.ts';

export const STAGES = [
  'obtain',
  'tokenize',
  'encode-text',
  'denoise',
  'decode',
  'upscale',
  'encode',
  'mux',
] as const;

/** A step of the chain: the word for its folder, its file, its progress and its label. */
export type Stage = (typeof STAGES)[number];

/** How many units each stage of this job has: bytes, prompts, steps, frames, files. */
export type StageTotals = Partial<Record<Stage, number>>;

/** Something that a person should know although the job goes on. */
export type Notice =
  | { code: 'device'; facts: DeviceFacts }
  | { code: 'kept-in-memory'; facts: { reason: StorageRefusal; byteLength: number } }
  | { code: 'waiting-for-other-tab'; facts: Record<string, never> }
  | { code: 'prompt-cut'; facts: { tokenCount: number; maxTokenCount: number; lastWord: string } }
  | { code: 'codec-uncommon'; facts: { codec: string } };

/** What a stage says while it works; `atMs` is Date.now(), the one clock that all threads share. */
export type StageEvent =
  | { type: 'advance'; stage: Stage; done: number; atMs: number }
  | { type: 'notice'; notice: Notice };

/** Everything that a job can say. */
export type JobEvent =
  | { type: 'plan'; totals: StageTotals; atMs: number }
  | StageEvent
  | { type: 'done'; atMs: number }
  | { type: 'cancelled'; atMs: number }
  | { type: 'failed'; failure: Failure; atMs: number };

/** A stage's word that it has done so much by now. */
export function advanceOf(stage: Stage, done: number): StageEvent {
  return { type: 'advance', stage, done, atMs: Date.now() };
}

/** Where stages send their events. */
export type Emit = (event: StageEvent) => void;

/** What a stage did and when it began and last moved. */
export interface StageProgress {
  total: number;
  done: number;
  /** Units that were there before this job began, for instance bytes already stored. */
  doneAtStart: number;
  /** When the stage first spoke; undefined before. */
  startedAtMs: number | undefined;
  movedAtMs: number;
  /** Time that this stage took since then, and no other that took turns with it. */
  workedMs: number;
}

/** What the events so far add up to. */
export interface JobState {
  phase: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  /** The stage that moved last. */
  stage: Stage | undefined;
  stages: Partial<Record<Stage, StageProgress>>;
  notices: readonly Notice[];
}

export const IDLE: JobState = {
  phase: 'idle',
  stage: undefined,
  stages: {},
  notices: [],
};

/** The state after one more event; events after the terminal one change nothing. */
export function reduce(state: JobState, event: JobEvent): JobState {
  if (event.type === 'plan') {
    return { ...IDLE, phase: 'running', stages: planned(event.totals, event.atMs) };
  }
  if (isOver(state)) return state;
  switch (event.type) {
    case 'advance':
      return advance(state, event);
    case 'notice':
      return { ...state, notices: [...state.notices, event.notice] };
    case 'done':
    case 'cancelled':
    case 'failed':
      return { ...state, phase: event.type };
  }
}

function planned(totals: StageTotals, atMs: number): JobState['stages'] {
  const stages: JobState['stages'] = {};
  for (const stage of STAGES) {
    const total = totals[stage];
    if (total !== undefined) {
      stages[stage] = {
        ...{ total, done: 0, doneAtStart: 0, workedMs: 0 },
        startedAtMs: undefined,
        movedAtMs: atMs,
      };
    }
  }
  return stages;
}

function advance(state: JobState, event: Extract<JobEvent, { type: 'advance' }>): JobState {
  const before = state.stages[event.stage];
  if (!before) return state;
  const done = Math.min(before.total, Math.max(before.done, event.done));
  const isStart = before.startedAtMs === undefined;
  const start = isStart ? { startedAtMs: event.atMs, doneAtStart: done } : {};
  // Stages take turns from window to window: the time since any of them spoke is that of the one that speaks now.
  const spokenAtMs = state.stage === undefined ? event.atMs : state.stages[state.stage]!.movedAtMs;
  const workedMs = before.workedMs + (isStart ? 0 : Math.max(0, event.atMs - spokenAtMs));
  const after: StageProgress = { ...before, ...start, done, workedMs, movedAtMs: event.atMs };
  return { ...state, stage: event.stage, stages: { ...state.stages, [event.stage]: after } };
}

/** Whether a terminal event has come. */
export function isOver(state: JobState): boolean {
  return state.phase === 'done' || state.phase === 'cancelled' || state.phase === 'failed';
}
