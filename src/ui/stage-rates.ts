// Seconds per unit of each stage, kept between visits for the time-left estimate.
// Only numbers are stored; a browser that refuses storage just has no estimate on the first stages.
import { STAGES } from '../core/event.ts';
import type { DeviceKind } from '../core/device.ts';
import type { StageRates } from '../core/eta.ts';

const KEY_PREFIX = 'zoetrope.stage-rates.';

/** The rates that earlier jobs on this kind of device left behind; empty where there are none. */
export function loadStageRates(kind: DeviceKind): StageRates {
  const rates: StageRates = {};
  const stored = parseObject(storage()?.getItem(KEY_PREFIX + kind));
  for (const stage of STAGES) {
    const rate = stored[stage];
    if (typeof rate === 'number' && rate > 0) rates[stage] = rate;
  }
  return rates;
}

/** Keeps the rates of a finished job, over those of earlier ones. */
export function saveStageRates(kind: DeviceKind, rates: StageRates): void {
  try {
    storage()?.setItem(KEY_PREFIX + kind, JSON.stringify({ ...loadStageRates(kind), ...rates }));
  } catch (thrown) {
    if (!(thrown instanceof DOMException && thrown.name === 'QuotaExceededError')) throw thrown;
  }
}

function storage(): Storage | undefined {
  try {
    return localStorage;
  } catch (thrown) {
    // Reading the property itself throws where site data is blocked.
    if (thrown instanceof DOMException && thrown.name === 'SecurityError') return undefined;
    throw thrown;
  }
}

function parseObject(json: string | null | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return {};
    throw thrown;
  }
}
