// The page as one object: what the person typed, what the studio is doing, what there is to show.
// Generate runs the same checks before and after consent, so a prompt edited meanwhile is the one that counts.
import { throwIfCancelled } from '../core/cancel.ts';
import { frameOf } from '../core/clip.ts';
import type { ExportedClip, FrameBatch } from '../core/clip.ts';
import type { DeviceKind } from '../core/device.ts';
import { failureOf } from '../core/errors.ts';
import type { Failure } from '../core/errors.ts';
import { doneFraction, measuredRates } from '../core/eta.ts';
import type { StageRates } from '../core/eta.ts';
import { IDLE, reduce } from '../core/event.ts';
import type { JobEvent, Notice, Stage } from '../core/event.ts';
import { parseRequest } from '../core/request.ts';
import type { ClipRequest } from '../core/request.ts';
import type { LocatedPack } from '../../models/catalogue.ts';
import { requestDefaults } from '../../models/pack.ts';
import type { Studio } from '../studio/studio.ts';
import { labels } from './messages.ts';
import { progressLine, shownStage, timeLeftText } from './progress-view.ts';
import { loadStageRates, saveStageRates } from './stage-rates.ts';

const TICK_MS = 1000;
const ANNOUNCE_EVERY_MS = 10_000;
/** Frames kept for the loop while a film comes; a longer film loops its latest part. */
const MAX_LOOP_BYTE_LENGTH = 96 * 1024 * 1024;
const NEW_SEED_LIMIT = 1_000_000;

/** `ready` takes orders, `asking` waits for consent, `making` runs a job, `stopping` waits for it to end. */
export type PagePhase = 'ready' | 'asking' | 'making' | 'stopping';

/** A download that waits for consent. */
export interface DownloadQuestion {
  missingByteLength: number;
  engineByteLength: number;
  keptByteLength: number;
}

/** A clip as the page keeps it: the file, its address, and its frames for browsers that cannot play it. */
export interface FinishedClip {
  request: ClipRequest;
  exported: ExportedClip;
  url: string;
  frames: readonly ImageData[];
}

/** A seed short enough to read aloud. */
export function newSeed(): number {
  const [word = 0] = crypto.getRandomValues(new Uint32Array(1));
  return word % NEW_SEED_LIMIT;
}

/** Everything that the page shows and can do. */
export class PageState {
  prompt = $state('');
  seedText = $state(String(newSeed()));
  stepCountText = $state('');
  guidanceText = $state('');
  sizeIndex = $state(0);
  playing = $state(true);

  phase = $state<PagePhase>('ready');
  /** Whether anything has been ordered yet, so that opening the page moves no focus. */
  touched = $state(false);
  located = $state.raw<LocatedPack>();
  question = $state.raw<DownloadQuestion>();
  failure = $state.raw<Failure>();
  clip = $state.raw<FinishedClip>();
  storedByteLength = $state(0);
  /** For screen readers: changes with the stage, and at most every 10 s within one. */
  status = $state('');

  #job = $state.raw(IDLE);
  #request = $state.raw<ClipRequest>();
  #frames = $state.raw<readonly ImageData[]>([]);
  #fraction = $state(0);
  #timeLeft = $state('');

  readonly #studio: Studio;
  #abort = new AbortController();
  #agreedByteLength = 0;
  #deviceKind: DeviceKind = 'webgpu';
  #earlierRates: StageRates = {};
  #announced: { stage: Stage | undefined; atMs: number } = { stage: undefined, atMs: 0 };

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  readonly busy = $derived(this.phase === 'making' || this.phase === 'stopping');
  readonly progress = $derived({
    line: this.phase === 'stopping' ? labels.cancelling : progressLine(this.#job),
    fraction: this.#fraction,
    timeLeft: this.phase === 'stopping' ? '' : this.#timeLeft,
  });
  /** What is worth knowing about the job; the wait for another tab is over once the model is there. */
  readonly notices: readonly Notice[] = $derived.by(() => {
    const stage = shownStage(this.#job);
    const waiting = this.busy && (stage === undefined || stage === 'obtain');
    return this.#job.notices.filter(({ code }) => code !== 'waiting-for-other-tab' || waiting);
  });
  /** The request whose pictures are on the stage. */
  readonly shownRequest = $derived(this.busy ? this.#request : this.clip?.request);
  readonly shownFrames = $derived(this.busy ? this.#frames : (this.clip?.frames ?? []));
  readonly framesPerSecond = $derived(this.located?.pack.window.framesPerSecond ?? 12);
  /** The name of the request field that the failure is about. */
  readonly invalidField = $derived(invalidFieldOf(this.failure));

  /** Reads the pack and what is stored; call once. */
  async open(): Promise<void> {
    try {
      await this.#loadPack();
      await this.#countStored();
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
  }

  /** Starts a clip, or asks for consent where a download comes first. */
  async generate(): Promise<void> {
    if (this.phase !== 'ready') return;
    this.#begin();
    try {
      const { pack } = await this.#loadPack();
      const request = parseRequest(this.#fields(), requestDefaults(pack));
      const download = await this.#studio.downloadFor(request);
      throwIfCancelled(this.#abort.signal);
      if (download.missingByteLength > this.#agreedByteLength) {
        const keptByteLength = download.totalByteLength - download.missingByteLength;
        this.question = { ...download, keptByteLength };
        this.phase = 'asking';
        return;
      }
      await this.#make(request);
    } catch (thrown) {
      this.#fail(failureOf(thrown));
    }
    this.phase = 'ready';
    await this.#countStored();
  }

  /** Consents to the download in question and goes on. */
  async accept(): Promise<void> {
    if (!this.question) return;
    this.#agreedByteLength = this.question.missingByteLength;
    this.#leaveQuestion();
    await this.generate();
  }

  /** Stops whatever runs or waits; the job ends within a step. */
  cancel(): void {
    if (this.phase === 'asking') this.#leaveQuestion();
    if (this.phase !== 'making') return;
    this.phase = 'stopping';
    this.#abort.abort();
  }

  /** Forgets the model's bytes on this device. */
  async removeModel(): Promise<void> {
    if (this.phase !== 'ready') return;
    try {
      await this.#studio.removeWeights();
      this.#agreedByteLength = 0;
      this.status = labels.statusRemoved;
    } catch (thrown) {
      this.failure = failureOf(thrown);
    }
    await this.#countStored();
  }

  #begin(): void {
    this.phase = 'making';
    this.touched = true;
    this.failure = undefined;
    this.status = '';
    this.#abort = new AbortController();
    this.#job = IDLE;
    this.#frames = [];
    this.#fraction = 0;
    this.#timeLeft = '';
    this.#announced = { stage: undefined, atMs: Date.now() };
    this.#earlierRates = loadStageRates(this.#deviceKind);
  }

  async #make(request: ClipRequest): Promise<void> {
    this.#request = request;
    const clock = setInterval(() => this.#tick(), TICK_MS);
    try {
      const exported = await this.#studio.makeClip(
        request,
        (batch) => this.#show(batch),
        this.#abort.signal,
        (event) => this.#hear(event),
      );
      this.#finish(request, exported);
    } finally {
      clearInterval(clock);
    }
  }

  #finish(request: ClipRequest, exported: ExportedClip): void {
    if (this.clip) URL.revokeObjectURL(this.clip.url);
    const url = URL.createObjectURL(new Blob([exported.mp4], { type: 'video/mp4' }));
    this.clip = { request, exported, url, frames: this.#frames };
    this.#agreedByteLength = 0;
    this.status = labels.statusDone;
    saveStageRates(this.#deviceKind, measuredRates(this.#job));
  }

  #fail(failure: Failure): void {
    this.#frames = [];
    if (failure.code === 'cancelled') this.status = labels.statusCancelled;
    else this.failure = failure;
  }

  #hear(event: JobEvent): void {
    this.#job = reduce(this.#job, event);
    if (event.type === 'notice' && event.notice.code === 'device') {
      this.#deviceKind = event.notice.facts.kind;
      this.#earlierRates = loadStageRates(this.#deviceKind);
    }
    // Other rates weigh the stages differently; what was shown as done stays done.
    this.#fraction = Math.max(this.#fraction, doneFraction(this.#job, this.#earlierRates));
    if (this.#timeLeft === '' || event.type !== 'advance') this.#tick();
  }

  #tick(): void {
    const nowMs = Date.now();
    this.#timeLeft = timeLeftText(this.#job, this.#earlierRates, nowMs);
    const stage = shownStage(this.#job);
    if (stage === this.#announced.stage && nowMs - this.#announced.atMs < ANNOUNCE_EVERY_MS) return;
    this.#announced = { stage, atMs: nowMs };
    this.status = [this.progress.line, this.#timeLeft].filter((part) => part !== '').join(', ');
  }

  #show(batch: FrameBatch): Promise<void> {
    const added = Array.from(
      { length: batch.frameCount },
      (_, index) => new ImageData(frameOf(batch, index), batch.widthPx, batch.heightPx),
    );
    const maxFrameCount = Math.floor(MAX_LOOP_BYTE_LENGTH / (batch.widthPx * batch.heightPx * 4));
    this.#frames = [...this.#frames, ...added].slice(-maxFrameCount);
    return Promise.resolve();
  }

  async #loadPack(): Promise<LocatedPack> {
    const located = this.located ?? (await this.#studio.pack());
    if (this.located !== located) {
      this.located = located;
      this.stepCountText ||= String(located.pack.schedule.stepCount);
      this.guidanceText ||= String(located.pack.schedule.guidance);
    }
    return located;
  }

  async #countStored(): Promise<void> {
    try {
      this.storedByteLength = await this.#studio.storedByteLength();
    } catch (thrown) {
      this.failure ??= failureOf(thrown);
    }
  }

  #leaveQuestion(): void {
    this.question = undefined;
    this.phase = 'ready';
  }

  /** What the form says; text that is no number goes on as text, so that the refusal can quote it. */
  #fields(): unknown {
    const size = this.located?.pack.sizes[this.sizeIndex];
    return {
      prompt: this.prompt,
      seed: numberOrText(this.seedText),
      stepCount: numberOrText(this.stepCountText),
      guidance: numberOrText(this.guidanceText),
      widthPx: size?.widthPx,
      heightPx: size?.heightPx,
    };
  }
}

function numberOrText(text: string): number | string {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(text) ? Number(text) : text;
}

function invalidFieldOf(failure: Failure | undefined): string | undefined {
  if (failure?.code === 'prompt-empty' || failure?.code === 'prompt-too-long') return 'prompt';
  return failure?.code === 'request-invalid' ? failure.facts.place : undefined;
}
