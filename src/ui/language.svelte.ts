// Which language the page speaks: the one chosen here, else the first that the browser asks for and the page has.
// English is part of the page; another one comes as a file of its own when it is spoken first.
import { reasonOf, studioError } from '../core/errors.ts';
import { speak } from './messages.ts';
import type { Messages } from './messages.ts';
import { en } from './messages/en.ts';
import { storedValue, storeValue } from './stored-value.ts';

const KEY = 'zoetrope.language';

/** Every language by its tag, in its own words. */
export const LANGUAGES = {
  en: 'English',
  de: 'Deutsch',
  es: 'Español',
  'zh-Hans': '简体中文',
  ar: 'العربية',
} as const;

export type LanguageTag = keyof typeof LANGUAGES;

const MESSAGES: Record<LanguageTag, () => Promise<Messages>> = {
  en: () => Promise.resolve(en),
  de: async () => (await import('./messages/de.ts')).de,
  es: async () => (await import('./messages/es.ts')).es,
  'zh-Hans': async () => (await import('./messages/zh.ts')).zh,
  ar: async () => (await import('./messages/ar.ts')).ar,
};

/** The language of one page. */
export class Language {
  tag = $state<LanguageTag>('en');
  #messages = $state.raw<Messages>(en);
  #wanted: LanguageTag = 'en';

  /** The visitor's language; English where that cannot be loaded. */
  static async open(): Promise<Language> {
    const language = new Language();
    speak(() => language.#messages);
    try {
      await language.#take(wantedTag());
    } catch {
      // A page in English is better than none, and the language can be chosen again on it.
    }
    return language;
  }

  /**
   * Speaks another language from now on, and on the next visit.
   * @throws StudioError language-unreachable
   */
  async choose(tag: LanguageTag): Promise<void> {
    try {
      await this.#take(tag);
    } catch (thrown) {
      const facts = { name: LANGUAGES[tag], reason: reasonOf(thrown) };
      throw studioError('language-unreachable', facts, { cause: thrown });
    }
    storeValue(KEY, tag);
  }

  async #take(tag: LanguageTag): Promise<void> {
    this.#wanted = tag;
    const messages = await MESSAGES[tag]();
    // Another one may have been chosen while this one came.
    if (this.#wanted !== tag) return;
    this.tag = tag;
    this.#messages = messages;
    document.documentElement.lang = tag;
    document.documentElement.dir = messages.direction;
  }
}

function wantedTag(): LanguageTag {
  const tags = Object.keys(LANGUAGES) as LanguageTag[];
  const wanted = [storedValue(KEY) ?? '', ...navigator.languages].map(primaryPart);
  const found = wanted.map((part) => tags.find((tag) => primaryPart(tag) === part));
  return found.find((tag) => tag !== undefined) ?? 'en';
}

/** zh of zh-Hans-CN. */
function primaryPart(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}
