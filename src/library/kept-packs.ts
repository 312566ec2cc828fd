// The shards on this device and the packs of a site become what a person asks of each pack: is it here, and what goes with it.
// Packs share shards, so some bytes of a pack may be here only because of another.
import type { ModelPack, PackShard } from '../../models/pack.ts';
import { allShardsOf, byteLengthOf } from './pack-shards.ts';

/** How much of a pack is on this device; `absent` too where all that is here belongs to other packs. */
export type PackPresence = 'whole' | 'partly' | 'absent';

/** What this device keeps of a pack. */
export interface KeptPack {
  presence: PackPresence;
  /** Shared bytes count in every pack that has them. */
  keptByteLength: number;
  totalByteLength: number;
}

/**
 * What is kept of one pack.
 * @param packs all packs of the site
 * @param stored the shards on this device
 */
export function keptPack(
  pack: ModelPack,
  packs: readonly ModelPack[],
  stored: readonly PackShard[],
): KeptPack {
  const shards = allShardsOf(pack);
  const kept = keptOf(pack, stored);
  const isPartly = shardsToRemove(pack, packs, stored).length > 0;
  return {
    presence: kept.length === shards.length ? 'whole' : isPartly ? 'partly' : 'absent',
    keptByteLength: byteLengthOf(kept),
    totalByteLength: byteLengthOf(shards),
  };
}

/** The shards on this device that no other pack than this one needs; another needs its own if it is kept itself. */
export function shardsToRemove(
  pack: ModelPack,
  packs: readonly ModelPack[],
  stored: readonly PackShard[],
): PackShard[] {
  const others = packs.filter((other) => other !== pack);
  const needed = others.filter((other) => isKeptItself(other, packs, stored));
  return without(keptOf(pack, stored), needed);
}

/** Whether a pack is whole, or has something that it shares with no other. */
function isKeptItself(
  pack: ModelPack,
  packs: readonly ModelPack[],
  stored: readonly PackShard[],
): boolean {
  const kept = keptOf(pack, stored);
  const others = packs.filter((other) => other !== pack);
  return kept.length === allShardsOf(pack).length || without(kept, others).length > 0;
}

function keptOf(pack: ModelPack, stored: readonly PackShard[]): PackShard[] {
  const names = namesOf(stored);
  return allShardsOf(pack).filter(({ sha256 }) => names.has(sha256));
}

function without(shards: readonly PackShard[], packs: readonly ModelPack[]): PackShard[] {
  const names = namesOf(packs.flatMap(allShardsOf));
  return shards.filter(({ sha256 }) => !names.has(sha256));
}

function namesOf(shards: readonly PackShard[]): Set<string> {
  return new Set(shards.map(({ sha256 }) => sha256));
}
