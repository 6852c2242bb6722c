import type { Publication, PublicationBody } from '#consultation/desk/api.ts'
import type { Hit } from '#consultation/desk/names.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { ProvenanceTag } from '#web/ui/provenance-tag.tsx'
import { Tag } from '#web/ui/tags.tsx'

export type Found = Hit & { readonly field: 'title' | 'question' | 'answer'; readonly confirmed: boolean }

type Props = {
  hits: readonly Found[]
  neutral: Publication['neutral']
  text: PublicationBody
  onChange: (part: Partial<PublicationBody>) => void
}

const around = 14

/** Names that are still in the text, each in its place: to be reworded, or confirmed as harmless here. */
export function NamesLeft({ hits, neutral, text, onChange }: Props) {
  const words = useTexts().desk.publication
  return (
    <Panel title={words.names}>
      <p role="status" className="sr-only">
        {hits.length === 0 ? words.noNames : words.publishBlocked(String(hits.filter((hit) => !hit.confirmed).length))}
      </p>
      {hits.length === 0 ? (
        <p>{words.noNames}</p>
      ) : (
        <>
          <p className="text-note">{words.namesLead}</p>
          <ul className="mt-3">
            {hits.map((hit) => (
              <OneHit
                key={`${hit.field} ${hit.from} ${hit.name}`}
                hit={hit}
                neutral={neutral}
                text={text}
                onChange={onChange}
              />
            ))}
          </ul>
        </>
      )}
      <p className="mt-4 flex flex-wrap items-center gap-2 text-note">
        <ProvenanceTag provenance="preset" sources={[]} />
        {words.preset}
      </p>
    </Panel>
  )
}

type HitProps = Omit<Props, 'hits'> & { hit: Found }

function OneHit({ hit, neutral, text, onChange }: HitProps) {
  const t = useTexts()
  const words = t.desk.publication
  const whole = text[hit.field]
  const same = (one: { kind: string; name: string }) => one.kind === hit.kind && one.name === hit.name
  return (
    <li className="border-t border-solid-gray-200 py-3">
      <p className="flex flex-wrap items-center gap-2 text-note">
        <Tag tone={hit.confirmed ? 'quiet' : 'attention'}>{words.kinds[hit.kind]}</Tag>
        {words.where[hit.field]}
      </p>
      <p lang="ja" className="mt-1">
        {whole.slice(Math.max(0, hit.from - around), hit.from)}
        <mark className="bg-yellow-100 font-700">{hit.text}</mark>
        {whole.slice(hit.to, hit.to + around)}
      </p>
      <div className="mt-1 flex flex-col gap-1">
        <div>
          <Button
            look="outline"
            size="small"
            label={words.replaceOf(hit.text, neutral[hit.kind])}
            onPress={() =>
              onChange({ [hit.field]: whole.slice(0, hit.from) + neutral[hit.kind] + whole.slice(hit.to) })
            }
          >
            {words.replace(t.ui.quote(neutral[hit.kind]))}
          </Button>
        </div>
        <Checkbox
          chosen={hit.confirmed}
          onChange={(chosen) =>
            onChange({
              confirmed: chosen
                ? [...text.confirmed, { kind: hit.kind, name: hit.name }]
                : text.confirmed.filter((one) => !same(one)),
            })
          }
        >
          {words.confirm(hit.name)}
        </Checkbox>
      </div>
    </li>
  )
}
