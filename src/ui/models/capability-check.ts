// The check of this browser for the page: facts and verdicts, and the same as a text for somebody who can help.
// The text is in English whatever language is spoken, and holds no words of the person.
import { CAPABILITIES, judge } from '../../core/capability.ts';
import type { CapabilityFacts, Judgement } from '../../core/capability.ts';
import { probeCapabilities } from '../../studio/capabilities.ts';
import { en } from '../messages/en.ts';
import type { PageState } from '../page-state.svelte.ts';

/** The smallest thing that any model makes; asked about where no model could be read. */
const SMALL_SIZE = { widthPx: 128, heightPx: 128 };

/** What the check has found. */
export interface CheckedCapabilities {
  facts: CapabilityFacts;
  judgement: Judgement;
  report: string;
}

/** Checks this browser against what the page's model needs, as far as the model can be read. */
export async function checkCapabilities(page: PageState): Promise<CheckedCapabilities> {
  const pack = await page.model.load().then(
    (located) => located.pack,
    // The page has said it already; the rest can be told without.
    () => undefined,
  );
  const { framesPerSecond } = page.model;
  const format = {
    ...(pack?.sizes[0] ?? SMALL_SIZE),
    framesPerSecond,
    frameCount: framesPerSecond,
  };
  const facts = await probeCapabilities(pack?.needs, format);
  const judgement = judge(facts);
  return { facts, judgement, report: reportOf(facts, judgement, navigator.userAgent) };
}

/** The check as plain English text. */
export function reportOf(
  facts: CapabilityFacts,
  { overall, each }: Judgement,
  userAgent: string,
): string {
  const { gpu, needs, codec, storage } = facts;
  const { bytes, count } = en.formats;
  const lines = CAPABILITIES.map(
    (name) => `${en.checks[name].name}: ${each[name]}. ${en.checks[name].says(facts)}`,
  );
  const limits = gpu
    ? `largest buffer ${bytes(gpu.maxBufferByteLength)}, largest binding ${bytes(gpu.maxBindingByteLength)}`
    : 'no graphics processor';
  const asked = needs ? `, the model needs ${bytes(needs.bufferByteLength)}` : ', no model read';
  return [
    `${en.title} — ${en.checkTitle} ${overall}`,
    ...lines,
    `Limits: ${limits}${asked}`,
    `Threads: ${count(facts.threadCount)}`,
    `Codec: ${codec ?? 'none'}`,
    `Storage: ${storage.refusal ?? 'writable'}, ${storage.isPersisted ? 'persisted' : 'not persisted'}`,
    `Browser: ${userAgent}`,
  ].join('\n');
}
