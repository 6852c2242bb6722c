import { Button as AriaButton } from 'react-aria-components/Button'

import { useLanguage, useTexts } from '#web/texts/language.tsx'

/** Named in the language it leads to. */
export function LanguageSwitch() {
  const t = useTexts()
  const { language, speak } = useLanguage()
  const other = language === 'ja' ? 'en' : 'ja'
  return (
    <AriaButton
      onPress={() => speak(other)}
      className="min-h-11 rounded-6 px-2 text-std-16N-170 hover:bg-solid-gray-50 hover:underline"
    >
      <span lang={other}>{t.shell.otherLanguage}</span>
    </AriaButton>
  )
}
