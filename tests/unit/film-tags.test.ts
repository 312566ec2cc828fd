import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { filmTagsBox, readFilmJson } from '../../src/core/film-tags.ts';

const MIB = 1024 * 1024;

interface BoxForm {
  /** How the size is written: in 32 bits, in 64, or as 0 for a box up to the end. */
  size?: 'small' | 'large' | 'to the end';
}

/** A top-level box. */
function box(
  type: string,
  contents: Uint8Array<ArrayBuffer>,
  { size = 'small' }: BoxForm = {},
): Blob {
  const header = new Uint8Array(size === 'large' ? 16 : 8);
  const view = new DataView(header.buffer);
  const byteLength = header.byteLength + contents.byteLength;
  header.set(new TextEncoder().encode(type), 4);
  view.setUint32(0, { small: byteLength, large: 1, 'to the end': 0 }[size]);
  if (size === 'large') view.setBigUint64(8, BigInt(byteLength));
  return new Blob([header, contents]);
}

const PICTURES = [box('ftyp', new Uint8Array(16)), box('mdat', new Uint8Array(1000).fill(7))];

function mp4With(filmJson: string | undefined): Blob {
  return new Blob([...PICTURES, filmTagsBox({ filmJson })]);
}

function packetOf(filmJson: string | undefined): string {
  return new TextDecoder().decode(filmTagsBox({ filmJson }).subarray(24));
}

describe('filmTagsBox', () => {
  test('is an XMP box that says who made the pictures, and nothing of the film unless it is given', () => {
    const bytes = filmTagsBox({ filmJson: undefined });
    expect(new DataView(bytes.buffer).getUint32(0)).toBe(bytes.byteLength);
    expect(new TextDecoder().decode(bytes.subarray(4, 8))).toBe('uuid');
    expect(Buffer.from(bytes.subarray(8, 24)).toString('hex')).toBe(
      'be7acfcb97a942e89c71999491e3afac',
    );
    const packet = packetOf(undefined);
    expect(packet).toContain(
      '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>',
    );
    expect(packet).toContain('<xmp:CreatorTool>Zoetrope</xmp:CreatorTool>');
    expect(packet).not.toContain('zoetrope:Film');
    expect(packetOf('{"prompt":"a secret"}')).toContain('a secret');
  });

  test('holds no markup and no character of the film that XML does not allow', () => {
    const film = JSON.stringify('<b>&amp;</b>\u0000\u001f\ufffe\uffff') + '\ud800';
    const text = /<zoetrope:Film>(.*)<\/zoetrope:Film>/s.exec(packetOf(film))![1]!;
    expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;|#13;)|\p{Cc}|[\ufffd-\uffff]/u);
  });
});

describe('readFilmJson', () => {
  test.each([
    ['quotes and markup', `{"a":"\\"it's\\" <b>&amp;]]></b> </zoetrope:Film>"}`],
    ['emoji and joined ones', '{"a":"🎬👩‍👩‍👧‍👦"}'],
    ['Arabic', '{"a":"قطة تركض في الحديقة"}'],
    ['every kind of line end', '{\r\n\t"a":\r"\\n\\r\\u2028\u2028\u0085"\n}'],
    ['nothing', ''],
  ])('finds what was written: %s', async (_name, filmJson) => {
    expect(await readFilmJson(mp4With(filmJson))).toBe(filmJson);
  });

  test('finds a film with two pictures of 2 MB', async () => {
    const picture = `data:image/png;base64,${'iVBORw0KGgo+/'.repeat((2 * MIB) / 13)}`;
    const filmJson = JSON.stringify({ rows: [{ startPicture: picture, endPicture: picture }] });
    expect((await readFilmJson(mp4With(filmJson))) === filmJson).toBe(true);
  });

  test('gives the same value for every JSON, whatever its strings hold', async () => {
    const anyText = fc.string({ unit: 'binary' });
    const anyJson = fc.oneof(fc.jsonValue(), fc.dictionary(anyText, anyText), anyText);
    const property = fc.asyncProperty(anyJson, async (value) => {
      const found = await readFilmJson(mp4With(JSON.stringify(value)));
      expect(JSON.parse(found!)).toEqual(JSON.parse(JSON.stringify(value)));
    });
    await fc.assert(property, { numRuns: 200 });
  });

  test('passes over boxes with long sizes and over the tags of others', async () => {
    const tags = filmTagsBox({ filmJson: '{}' });
    const others = [
      box('uuid', new Uint8Array(40)),
      box('uuid', new Uint8Array(3)),
      new Blob([filmTagsBox({ filmJson: undefined })]),
      box('mdat', new Uint8Array(5000), { size: 'large' }),
    ];
    expect(await readFilmJson(new Blob([...PICTURES, ...others, tags]))).toBe('{}');
    const toTheEnd = box('uuid', tags.slice(8), { size: 'to the end' });
    expect(await readFilmJson(new Blob([...PICTURES, toTheEnd]))).toBe('{}');
    const large = box('uuid', tags.slice(8), { size: 'large' });
    expect(await readFilmJson(new Blob([...PICTURES, large]))).toBe('{}');
  });

  test('finds nothing in a file without a film', async () => {
    expect(await readFilmJson(new Blob(PICTURES))).toBeUndefined();
    expect(await readFilmJson(mp4With(undefined))).toBeUndefined();
    expect(await readFilmJson(new Blob())).toBeUndefined();
  });

  test('finds nothing in a file that is cut off anywhere', async () => {
    const whole = mp4With('{"a":1}');
    for (let byteLength = 0; byteLength < whole.size; byteLength++) {
      expect(await readFilmJson(whole.slice(0, byteLength))).toBeUndefined();
    }
  });

  test('does not read a box of more than 64 MiB', async () => {
    const padding = new Uint8Array(64 * MIB).fill(32);
    const tags = filmTagsBox({ filmJson: '{}' }).subarray(8);
    const long = new Uint8Array(tags.byteLength + padding.byteLength);
    long.set(tags);
    long.set(padding, tags.byteLength);
    expect(await readFilmJson(box('uuid', long.slice(0, 64 * MIB)))).toBe('{}');
    expect(await readFilmJson(box('uuid', long))).toBeUndefined();
  });

  test('ends on any bytes, and on boxes that would take hours to walk', async () => {
    const anyBytes = fc.uint8Array({ maxLength: 200 });
    const property = fc.asyncProperty(anyBytes, async (bytes) => {
      expect(await readFilmJson(new Blob([Uint8Array.from(bytes)]))).toBeUndefined();
    });
    await fc.assert(property, { numRuns: 200 });
    const empty = box('free', new Uint8Array());
    const many = new Blob(Array.from({ length: 300_000 }, () => empty));
    expect(await readFilmJson(many)).toBeUndefined();
  });
});
