import { useState } from 'react'

import type { RuleVersion } from '#user-rules/api.ts'
import { compile } from '#user-rules/compile.ts'
import { type Service, services } from '#user-rules/settings.ts'
import { type Piece, tryText } from '#user-rules/try/try-text.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { Segmented } from './segmented.tsx'

/** What the rule does with a text. It is worked out here: what is typed leaves the page nowhere. */
export function TryPanel({ version }: { version: RuleVersion }) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.tryIt
  const [service, setService] = useState<Service>('contracted')
  const [text, setText] = useState<string>(texts.example)
  const tried = tryText(compile(version), service, text)
  const articles = [...new Set(tried.because.flatMap((s) => s.articles.map((a) => a.number)))].toSorted((a, b) => a - b)
  const words = tried.because[0]?.articles[0]?.refusal
  const { category, services: serviceNames } = t.userRules.settings
  return (
    <section className="mt-5">
      <h4 className="mb-2 text-std-16B-170">{texts.title}</h4>
      <Segmented
        label={texts.service}
        choices={services.map((id) => ({ id, name: serviceNames[id] }))}
        value={service}
        onChange={setService}
      />
      <div className="mt-2">
        <TextArea label={texts.text} value={text} onChange={setText} rows={2} />
      </div>
      <div className="mt-2 rounded-8 border border-solid-gray-200 p-3 text-note" role="status">
        <p className={tried.outcome === 'refused' ? 'font-700 text-red-900' : 'font-700'}>
          {texts.outcomes[tried.outcome]}
          {articles.length > 0 && texts.because(t.ui.list(articles.map((n) => t.userRules.article(n))))}
        </p>
        {tried.outcome === 'refused'
          ? words && <p>{pick(words)}</p>
          : tried.pieces.some((p) => p.kind === 'found') && (
              <p className="wrap-anywhere">
                <span className="sr-only">{texts.sent}: </span>
                {tried.pieces.map((piece, at) => (
                  <Shown key={at} piece={piece} />
                ))}
              </p>
            )}
        {tried.notSet.length > 0 && <p>{texts.notSet(t.ui.list(tried.notSet.map((c) => category[c])))}</p>}
      </div>
      <p className="mt-1 text-note text-solid-gray-700">{t.userRules.sentences([texts.honest, texts.local])}</p>
    </section>
  )
}

function Shown({ piece }: { piece: Piece }) {
  const t = useTexts()
  if (piece.kind === 'text') return piece.text
  const name = t.userRules.settings.category[piece.category]
  if (piece.treatment === 'mask')
    return (
      <span className="keep mx-0.5 rounded-4 bg-solid-gray-800 px-1 text-white">
        {t.userRules.tryIt.masked(name, piece.number)}
      </span>
    )
  return <mark className="rounded-4 bg-yellow-50 px-0.5 outline outline-yellow-900">{piece.text}</mark>
}
