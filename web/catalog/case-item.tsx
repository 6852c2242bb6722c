import type { Case, Catalog } from '#catalog/model.ts'
import type { AnswerValue } from '#catalog/model-result.ts'
import { worderOf } from '#web/finder/words.ts'
import { readSections } from '#web/finder/reading.ts'
import { useLanguage, useTexts } from '#web/texts/language.tsx'

import { useCatalogText } from './cited-text.tsx'
import { Fact, ItemCard } from './item-card.tsx'
import { OutcomeName } from './rule-items.tsx'

/** An example that proves the rules: answers and what must come out. */
export function CaseItem({ catalog, item }: { catalog: Catalog; item: Case }) {
  const t = useTexts()
  const text = useCatalogText()
  const { language } = useLanguage()
  const words = worderOf(catalog, readSections(catalog), t, language)
  const names = t.catalog.item
  const { expect } = item
  const bands = Object.entries(expect.levels ?? {}).map(([id, band]) => {
    const level = catalog.levels.find((l) => l.id === id)
    const found = level?.bands.find((b) => b.id === band)
    return `${level ? text(level.title) : id}${t.catalog.colon}${found ? text(found.title) : band}`
  })
  const questions = (expect.matter ?? []).map((id) => {
    const found = catalog.questions.find((q) => q.id === id)
    return found ? text(found.title) : id
  })
  return (
    <ItemCard catalog={catalog} part="cases" item={item}>
      <Fact name={names.answers}>
        <ul>
          {Object.entries(item.answers).map(([id, answer]) => {
            const question = catalog.questions.find((q) => q.id === id)
            return (
              <li key={id}>
                {question ? text(question.title) : id}
                {t.catalog.colon}
                <b>{words.answer(question, answer as AnswerValue)}</b>
              </li>
            )
          })}
        </ul>
      </Fact>
      <Fact name={names.expect}>
        {expect.outcome !== undefined && (
          <p>
            {names.outcome}
            {t.catalog.colon}
            {expect.outcome === 'cannot-decide' ? (
              t.words.verdicts['cannot-decide']
            ) : (
              <OutcomeName catalog={catalog} id={expect.outcome} />
            )}
          </p>
        )}
        {bands.length > 0 && <p>{t.ui.list(bands)}</p>}
        {expect.fired && (
          <p>
            {names.fired}
            {t.catalog.colon}
            {t.ui.list(expect.fired)}
          </p>
        )}
        {questions.length > 0 && (
          <p>
            {names.matter}
            {t.catalog.colon}
            {t.ui.list(questions)}
          </p>
        )}
      </Fact>
    </ItemCard>
  )
}
