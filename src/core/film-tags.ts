// What a finished MP4 says about itself: made by a model, by this program and, if allowed, from which film.
// It is an XMP packet in a box of its own at the end of the file, where no other byte has to move for it.
import type { FilmTags } from './api.ts';

/** The usertype of XMP in MP4: XMP specification part 3, table 24. */
const XMP_USERTYPE = Uint8Array.from(
  'BE7ACFCB97A942E89C71999491E3AFAC'.match(/../g)!.map((pair) => parseInt(pair, 16)),
);
const BOX_HEADER_BYTE_LENGTH = 8;
const LARGE_BOX_HEADER_BYTE_LENGTH = 16;
const MAX_BOX_BYTE_LENGTH = 64 * 1024 * 1024;
/** Our files have five; many more are a file of fragments, or one that is made to be walked for hours. */
const MAX_BOX_COUNT = 1000;

const FILM_START = '<zoetrope:Film>';
const FILM_END = '</zoetrope:Film>';

/** The box that tells of a film, to be put behind all others. */
export function filmTagsBox({ filmJson }: FilmTags): Uint8Array<ArrayBuffer> {
  const packet = new TextEncoder().encode(xmpPacket(filmJson));
  const start = BOX_HEADER_BYTE_LENGTH + XMP_USERTYPE.byteLength;
  const box = new Uint8Array(start + packet.byteLength);
  new DataView(box.buffer).setUint32(0, box.byteLength);
  box.set(new TextEncoder().encode('uuid'), 4);
  box.set(XMP_USERTYPE, BOX_HEADER_BYTE_LENGTH);
  box.set(packet, start);
  return box;
}

/** The film's JSON that a saved MP4 holds, of the same value if not of the same bytes; undefined when it holds none. */
export async function readFilmJson(file: Blob): Promise<string | undefined> {
  for await (const { type, contents } of topLevelBoxes(file)) {
    if (type !== 'uuid' || contents.size > MAX_BOX_BYTE_LENGTH) continue;
    const bytes = new Uint8Array(await contents.arrayBuffer());
    if (!XMP_USERTYPE.every((byte, index) => byte === bytes[index])) continue;
    const json = filmJsonOf(new TextDecoder().decode(bytes));
    if (json !== undefined) return json;
  }
  return undefined;
}

interface Box {
  type: string;
  contents: Blob;
}

/** The boxes of a file, up to where it is none of boxes. */
async function* topLevelBoxes(file: Blob): AsyncGenerator<Box, undefined> {
  let start = 0;
  for (let count = 0; count < MAX_BOX_COUNT && start < file.size; count++) {
    const header = await file.slice(start, start + LARGE_BOX_HEADER_BYTE_LENGTH).arrayBuffer();
    if (header.byteLength < BOX_HEADER_BYTE_LENGTH) return;
    const view = new DataView(header);
    const type = String.fromCharCode(...new Uint8Array(header, 4, 4));
    const isLarge = view.getUint32(0) === 1;
    if (isLarge && header.byteLength < LARGE_BOX_HEADER_BYTE_LENGTH) return;
    const headerByteLength = isLarge ? LARGE_BOX_HEADER_BYTE_LENGTH : BOX_HEADER_BYTE_LENGTH;
    const written = isLarge ? Number(view.getBigUint64(8)) : view.getUint32(0);
    // 0 is a box up to the end of the file.
    const byteLength = written === 0 ? file.size - start : written;
    const end = start + byteLength;
    if (byteLength < headerByteLength || end > file.size) return;
    yield { type, contents: file.slice(start + headerByteLength, end) };
    start = end;
  }
}

function xmpPacket(filmJson: string | undefined): string {
  const film = filmJson === undefined ? '' : `\n   ${FILM_START}${escaped(filmJson)}${FILM_END}`;
  return `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about=""
    xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
    xmlns:zoetrope="urn:x-zoetrope:film/">
   <Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>
   <xmp:CreatorTool>Zoetrope</xmp:CreatorTool>${film}
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}

function filmJsonOf(packet: string): string | undefined {
  const start = packet.indexOf(FILM_START);
  const end = packet.indexOf(FILM_END, start);
  return start < 0 || end < 0 ? undefined : unescaped(packet.slice(start + FILM_START.length, end));
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  // A reader of XML would make a line feed of it.
  '\r': '&#13;',
};
const CHARACTERS = Object.fromEntries(
  Object.entries(ENTITIES).map(([character, entity]) => [entity, character]),
);

/** As XML; what no XML may hold becomes an escape of JSON, which only a string can have held. */
function escaped(json: string): string {
  return json
    .replace(/[&<>\r]/g, (character) => ENTITIES[character]!)
    .replace(
      /[\uFFFE\uFFFF]|\p{Surrogate}/gu,
      (character) => `\\u${character.charCodeAt(0).toString(16)}`,
    );
}

function unescaped(xml: string): string {
  return xml.replace(/&(?:amp|lt|gt|#13);/g, (entity) => CHARACTERS[entity]!);
}
