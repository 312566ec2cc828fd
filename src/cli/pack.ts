// `npm run pack -- SOURCE OUT [DESCRIPTION]`: a folder of graphs becomes a pack that a site can serve.
import { join } from 'node:path';

import { buildPack } from '../../models/build-pack.ts';
import { failureOf } from '../core/errors.ts';
import { errorMessage } from '../ui/messages.ts';
import * as text from './text.ts';

const [sourceFolder, outFolder, description] = process.argv.slice(2);

if (!sourceFolder || !outFolder) {
  console.error(text.PACK_USAGE);
  process.exit(2);
}

try {
  const pack = await buildPack({
    sourceFolder,
    outFolder,
    descriptionPath: description ?? join(sourceFolder, 'pack-source.json'),
  });
  const shards = Object.values(pack.files).flatMap((file) => file.shards);
  const byteLength = shards.reduce((sum, shard) => sum + shard.byteLength, 0);
  console.log(text.packBuilt(pack.id, { shardCount: shards.length, byteLength, outFolder }));
} catch (thrown) {
  const { title, action } = errorMessage(failureOf(thrown));
  console.error(`${title}\n${action}`);
  process.exit(1);
}
