// Seconds per unit of each stage, kept between visits for the time-left estimate. Only numbers are stored.
import { STAGES } from '../../core/event.ts';
import type { DeviceKind } from '../../core/device.ts';
import type { StageRates } from '../../core/eta.ts';
import { storeValue, storedValue } from '../stored-value.ts';

const KEY_PREFIX = 'zoetrope.stage-rates.';

/** The rates that earlier jobs on this kind of device left behind; empty where there are none. */
export function loadStageRates(kind: DeviceKind): StageRates {
  const rates: StageRates = {};
  const stored = parseObject(storedValue(KEY_PREFIX + kind));
  for (const stage of STAGES) {
    const rate = stored[stage];
    if (typeof rate === 'number' && rate >= 0) rates[stage] = rate;
  }
  return rates;
}

/** Keeps the rates of a finished job, over those of earlier ones. */
export function saveStageRates(kind: DeviceKind, rates: StageRates): void {
  storeValue(KEY_PREFIX + kind, JSON.stringify({ ...loadStageRates(kind), ...rates }));
}

function parseObject(json = '{}'): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return {};
    throw thrown;
  }
}
