import { useTexts } from '#web/texts/language.tsx'

import { differencesIn } from './text-difference.ts'

type Props = { before: string | undefined; text: string; language: 'ja' | 'en' }

/** The text of an article; where there is one before it, old struck through and new on green. */
export function ClauseText({ before, text, language }: Props) {
  const t = useTexts()
  if (before === undefined || before === text) return <span lang={language}>{text}</span>
  return (
    <span lang={language}>
      {differencesIn(before, text, language).map(({ kind, text: words }, at) =>
        kind === 'same' ? (
          <span key={at}>{words}</span>
        ) : kind === 'old' ? (
          <del key={at} className="text-solid-gray-700">
            <span className="sr-only">{t.ui.before}: </span>
            {words}
          </del>
        ) : (
          <ins key={at} className="rounded-4 bg-green-50 font-700 text-green-900 no-underline">
            <span className="sr-only">{t.ui.after}: </span>
            {words}
          </ins>
        ),
      )}
    </span>
  )
}
