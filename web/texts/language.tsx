import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

import { ja } from './ja.ts'

export const languages = ['ja', 'en'] as const
export type Language = (typeof languages)[number]
/** The Japanese texts are the source; every other language has the same keys, held by the compiler. */
export type Texts = typeof ja
/** A text that content carries in both languages; the English one may be missing in content people typed. */
export type TwoLanguages = { readonly ja: string; readonly en?: string | undefined }

const key = 'tenbin.language'

export function storedLanguage(): Language {
  try {
    return localStorage.getItem(key) === 'en' ? 'en' : 'ja'
  } catch {
    return 'ja' // storage is blocked: the choice then lives as long as the page
  }
}

function store(language: Language): void {
  try {
    localStorage.setItem(key, language)
  } catch {
    // storage is blocked: see above
  }
}

export const loadTexts = async (language: Language): Promise<Texts> =>
  language === 'ja' ? ja : (await import('./en.ts')).en

type Spoken = { readonly language: Language; readonly texts: Texts; readonly speak: (language: Language) => void }
const SpokenContext = createContext<Spoken>({ language: 'ja', texts: ja, speak: () => undefined })

type Props = { language: Language; texts: Texts; children: ReactNode }
export function LanguageProvider({ children, ...first }: Props) {
  const [spoken, setSpoken] = useState({ language: first.language, texts: first.texts })
  useEffect(() => {
    document.documentElement.lang = spoken.language
  }, [spoken.language])
  const speak = (language: Language) => {
    store(language)
    void loadTexts(language).then((texts) => setSpoken({ language, texts }))
  }
  return <SpokenContext value={{ ...spoken, speak }}>{children}</SpokenContext>
}

export const useTexts = (): Texts => useContext(SpokenContext).texts

export function useLanguage() {
  const { language, speak } = useContext(SpokenContext)
  return { language, speak }
}

/** Picks from content that carries both languages; falls back to the one that is there. */
export function usePick(): (text: TwoLanguages) => string {
  const { language } = useLanguage()
  return ({ ja: inJapanese, en: inEnglish = '' }) =>
    (language === 'en' && inEnglish !== '') || inJapanese === '' ? inEnglish : inJapanese
}
