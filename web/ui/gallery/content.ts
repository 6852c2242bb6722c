import { useLanguage } from '#web/texts/language.tsx'

import { content as en } from './content-en.ts'
import { content as ja } from './content-ja.ts'

/** Made-up content: apart from the texts of the product, so that it is loaded with the gallery only. */
export function useContent(): typeof ja {
  const { language } = useLanguage()
  return language === 'ja' ? ja : en
}
