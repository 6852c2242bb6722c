import { diffWords } from 'diff'

import { useTexts } from '#web/texts/language.tsx'

const japanese = { intlSegmenter: new Intl.Segmenter('ja', { granularity: 'word' }) }

/** What was changed inside a text, word by word: gone struck through, new on green. */
export function TextDiff({ from, to }: { from: string; to: string }) {
  const t = useTexts().ui
  return (
    <p lang="ja" className="whitespace-pre-wrap">
      {diffWords(from, to, japanese).map((part, n) => {
        if (part.added)
          return (
            <ins key={n} className="rounded-4 bg-green-50 px-0.5 font-700 text-green-900 no-underline">
              <span className="sr-only">{t.after}: </span>
              {part.value}
            </ins>
          )
        if (part.removed)
          return (
            <del key={n} className="text-solid-gray-700">
              <span className="sr-only">{t.before}: </span>
              {part.value}
            </del>
          )
        return <span key={n}>{part.value}</span>
      })}
    </p>
  )
}
