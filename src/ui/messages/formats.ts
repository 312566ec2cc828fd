// Numbers, bytes and times as one language writes them; free of words.

/** How a language writes quantities. */
export interface Formats {
  count: (value: number) => string;
  percent: (fraction: number) => string;
  /** In the unit that suits it, decimal as in download managers. */
  bytes: (byteLength: number) => string;
  /** The bare number in the unit of another byte count, for “17.3 of 42.7 MB”. */
  bytesIn: (byteLength: number, sameUnitAs: number) => string;
  seconds: (value: number) => string;
  /** No more exact than a guess can be: seconds, minutes or hours. */
  duration: (seconds: number) => string;
}

/** @param locale a BCP 47 tag */
export function formatsOf(locale: string): Formats {
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value);
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    number(value, { style: 'unit', unit: name, unitDisplay: 'long' });
  return {
    count: (value) => number(value),
    percent: (fraction) => number(fraction, { style: 'percent', maximumSignificantDigits: 2 }),
    bytes(byteLength) {
      const { divisor, ...format } = byteUnit(byteLength);
      return number(byteLength / divisor, { style: 'unit', ...format });
    },
    bytesIn(byteLength, sameUnitAs) {
      const { divisor, maximumFractionDigits } = byteUnit(sameUnitAs);
      return number(byteLength / divisor, { maximumFractionDigits });
    },
    seconds: (value) => unit(value, 'second'),
    duration(seconds) {
      if (seconds < 59.5) return unit(Math.max(1, Math.round(seconds)), 'second');
      if (seconds < 5400) return unit(Math.round(seconds / 60), 'minute');
      return unit(Math.round(seconds / 3600), 'hour');
    },
  };
}

function byteUnit(byteLength: number) {
  return byteLength < 999_500
    ? { divisor: 1e3, unit: 'kilobyte', maximumFractionDigits: 0 }
    : { divisor: 1e6, unit: 'megabyte', maximumFractionDigits: 1 };
}

/** A place or a length in a film: 0:08; with tenths where they count. */
export function clockText(seconds: number, tenths = false): string {
  const rounded = tenths ? Math.round(seconds * 10) / 10 : Math.floor(seconds + 1e-6);
  const minutes = Math.floor(rounded / 60);
  return `${minutes}:${(rounded % 60).toFixed(tenths ? 1 : 0).padStart(tenths ? 4 : 2, '0')}`;
}

/** The end of an address; shards are named by 64 digits, of which a few tell them apart. */
export function fileName(url: string): string {
  const name = url.slice(url.lastIndexOf('/') + 1);
  return name.length > 24 ? `${name.slice(0, 12)}…` : name;
}

/** A text that came from elsewhere, ended as a sentence is. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
