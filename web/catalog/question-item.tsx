import type { Catalog, Option, Question } from '#catalog/model.ts'
import { useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'

import { BothTexts } from './both-texts.tsx'
import { useCatalogText } from './cited-text.tsx'
import type { ConditionWords } from './condition-words.ts'
import { anchorOf } from './find.ts'
import { Fact, ItemCard } from './item-card.tsx'

type Props = { catalog: Catalog; question: Question; words: ConditionWords }

/** A question with its options, their weights, when it is asked and where its answer may come from. */
export function QuestionItem({ catalog, question, words }: Props) {
  const t = useTexts()
  const names = t.catalog.item
  const anchor = anchorOf('questions', question.id)
  const texts = [
    { name: names.official, text: question['official-title'] },
    { name: names.looksAt, text: question['looks-at'] },
    { name: names.help, text: question.help },
    { name: names.example, text: question.example },
  ]
  const field = question['register-field']?.field
  const labels: Readonly<Record<string, string>> = t.fields.labels
  return (
    <ItemCard catalog={catalog} part="questions" item={question}>
      {texts.map(
        ({ name, text }) =>
          text && (
            <Fact key={name} name={name}>
              <BothTexts catalog={catalog} text={text} around={[question]} item={anchor} />
            </Fact>
          ),
      )}
      <Fact name={names.kind}>
        {names.kinds[question.kind]}
        {question.optional && names.optional}
      </Fact>
      {question['show-when'] && <Fact name={names.showWhen}>{words.cond(question['show-when'])}</Fact>}
      {field !== undefined && <Fact name={names.registerField}>{labels[field] ?? field}</Fact>}
      {'options' in question && (
        <Fact name={names.options}>
          <ul>
            {question.options.map((option) => (
              <OptionItem key={option.id} catalog={catalog} question={question} option={option} words={words} />
            ))}
          </ul>
        </Fact>
      )}
      {question.kind === 'number' && <NumberWeights catalog={catalog} question={question} words={words} />}
      {question.goto !== undefined && <Fact name={names.goto}>{words.goto(question.goto)}</Fact>}
    </ItemCard>
  )
}

const titleOf = (catalog: Catalog, score: string) => catalog.scores.find(({ id }) => id === score)?.title

function OptionItem({ catalog, question, option, words }: Props & { option: Option }) {
  const t = useTexts()
  const text = useCatalogText()
  const names = t.catalog.item
  const labelOf = (id: string) => {
    const label = catalog.labels.find((one) => one.id === id)
    return label ? text(label.title) : id
  }
  const weights = Object.entries(option.weights ?? {}).map(([score, points]) => {
    const title = titleOf(catalog, score)
    return names.points(title ? text(title) : score, String(points))
  })
  const notes = [
    weights.length > 0 && t.ui.list(weights),
    option.exclusive && names.exclusive,
    option.labels && `${names.labels}${t.catalog.colon}${t.ui.list(option.labels.map(labelOf))}`,
    option.goto !== undefined && `${names.goto}${t.catalog.colon}${words.goto(option.goto)}`,
  ].filter((note) => typeof note === 'string')
  return (
    <li className={classes('border-b border-solid-gray-200 py-1.5 last:border-0')}>
      <BothTexts catalog={catalog} text={option.title} around={[option, question]} inline />
      {[option.help, option.note].map(
        (one, n) =>
          one && <BothTexts key={n === 0 ? 'help' : 'note'} catalog={catalog} text={one} around={[option, question]} />,
      )}
      {notes.length > 0 && <span className="block text-solid-gray-700">{notes.join('　')}</span>}
    </li>
  )
}

function NumberWeights({ catalog, question, words }: Props) {
  const t = useTexts()
  const text = useCatalogText()
  const names = t.catalog.item
  if (question.kind !== 'number' || question.weights === undefined) return null
  return (
    <Fact name={names.weights}>
      <ul>
        {Object.entries(question.weights).map(([score, weight]) => {
          const title = titleOf(catalog, score)
          const said =
            'per-unit' in weight
              ? names.perUnit(String(weight['per-unit']))
              : t.ui.list(weight.bands.map((band) => names.bandPoints(words.bounds(band), String(band.points))))
          return <li key={score}>{names.points(title ? text(title) : score, said)}</li>
        })}
      </ul>
    </Fact>
  )
}
