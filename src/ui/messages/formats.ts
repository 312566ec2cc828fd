// Numbers, bytes and times as one language writes them; free of words.

/** How a language writes quantities. */
export interface Formats {
  count: (value: number) => string;
  /** Without marks between thousands: a number that is typed or found in a file. */
  plain: (value: number) => string;
  percent: (fraction: number) => string;
  /** In the unit that suits it, decimal as in download managers. */
  bytes: (byteLength: number) => string;
  /** The bare number in the unit of another byte count, for “17.3 of 42.7 MB”. */
  bytesIn: (byteLength: number, sameUnitAs: number) => string;
  seconds: (value: number) => string;
  /** No more exact than a guess can be: seconds, minutes or hours. */
  duration: (seconds: number) => string;
  /** A place or a length in a film: 0:08; with tenths where they count. */
  clock: (seconds: number, tenths?: boolean) => string;
  /** The words for a number of things. */
  plural: (value: number, forms: PluralForms) => string;
  /** What a person would type for a number's text: 4,5 for 4.5; other text stays. */
  typed: (text: string) => string;
  /** The number's text for what a person typed, in digits of any script. */
  untyped: (text: string) => string;
}

/** The words for each kind of number that the language tells apart. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

const NUMBER_IN_THE_TYPING = /^\s*-?\d*\.?\d*\s*$/;

/** @param locale a BCP 47 tag */
export function formatsOf(locale: string): Formats {
  const number = (value: number, options?: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, options).format(value);
  const unit = (value: number, name: 'second' | 'minute' | 'hour') =>
    number(value, { style: 'unit', unit: name, unitDisplay: 'long' });
  const decimalMark = number(0.5).charAt(1);
  return {
    count: (value) => number(value),
    plain: (value) => number(value, { useGrouping: false }),
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
    clock(seconds, tenths = false) {
      const rounded = tenths ? Math.round(seconds * 10) / 10 : Math.floor(seconds + 1e-6);
      const digits = tenths ? 1 : 0;
      const rest = number(rounded % 60, {
        minimumIntegerDigits: 2,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
      return `${number(Math.floor(rounded / 60), { useGrouping: false })}:${rest}`;
    },
    plural: (value, forms) => forms[new Intl.PluralRules(locale).select(value)] ?? forms.other,
    typed: (text) => (NUMBER_IN_THE_TYPING.test(text) ? text.replace('.', decimalMark) : text),
    untyped(text) {
      const plain = text
        // In each of these scripts a digit's code ends in its value.
        .replace(/[٠-٩۰-۹０-９]/g, (digit) => String(digit.charCodeAt(0) & 0xf))
        .replace(/[٫．]/, '.')
        .replace(decimalMark, '.');
      return NUMBER_IN_THE_TYPING.test(plain) ? plain : text;
    },
  };
}

function byteUnit(byteLength: number) {
  return byteLength < 999_500
    ? { divisor: 1e3, unit: 'kilobyte', maximumFractionDigits: 0 }
    : { divisor: 1e6, unit: 'megabyte', maximumFractionDigits: 1 };
}

/** The end of an address; shards are named by 64 digits, of which a few tell them apart. */
export function fileName(url: string): string {
  const name = url.slice(url.lastIndexOf('/') + 1);
  return name.length > 24 ? `${name.slice(0, 12)}…` : name;
}

/**
 * A text that came from elsewhere, ended as a sentence is.
 * @param stop what ends a sentence in this language
 */
export function sentence(text: string, stop = '.'): string {
  return /[.!?…。]$/.test(text) ? text : `${text}${stop}`;
}

/** A text whose direction is its own, within a sentence that may run the other way: Unicode's first strong isolate. */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
