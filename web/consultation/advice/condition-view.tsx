import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { ConditionDetail } from '#consultation/advice/api.ts'
import type { ConditionDeed } from '#consultation/advice/model.ts'
import { EvidencePanel } from '#web/evidence/evidence-panel.tsx'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { formatNumber, useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { DefinitionList } from '#web/ui/panel.tsx'

import { conditionQuery } from './calls.ts'
import { ConditionDeeds } from './condition-deeds.tsx'

/** One condition: what it asks for, what became of it, and what can be done with it. */
export function ConditionView({ id }: { id: string }) {
  const query = useQuery(conditionQuery(id))
  return <Loaded query={query}>{(condition) => <View condition={condition} />}</Loaded>
}

function View({ condition: c }: { condition: ConditionDetail }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.advice
  // What was done stays said when the condition comes back changed.
  const [done, setDone] = useState<ConditionDeed>()
  return (
    <div className="flex flex-col gap-4 py-2 text-std-16N-170">
      <DefinitionList
        items={[
          ...(c.evidenceWanted === '' ? [] : [{ term: words.columns.evidence, detail: c.evidenceWanted }]),
          {
            term: words.columns.system,
            detail: (
              <Link href={paths.system(c.systemId)} label={`${words.systemLink}：${c.systemName}`}>
                {c.systemName}
              </Link>
            ),
          },
        ]}
      />
      {c.changeAsked !== null && (
        <div>
          <p className="font-700">{words.asked(f.date(c.changeAsked.at))}</p>
          <p className="whitespace-pre-line">{c.changeAsked.words}</p>
        </div>
      )}
      {done && <Notice key={c.version} kind="success" level={3} title={words.done[done]} takesFocus />}
      <ConditionDeeds key={`deeds ${c.version}`} condition={c} onDone={setDone} />
      <History condition={c} />
      <EvidencePanel of={{ kind: 'condition', id: c.id }} words={words.evidence} />
    </div>
  )
}

function History({ condition }: { condition: ConditionDetail }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.advice
  return (
    <section aria-label={words.history}>
      <h3 className="mb-2 text-std-16B-170 text-solid-gray-900">{words.history}</h3>
      <ul>
        {condition.events.map((event) => (
          <li key={event.id} className="border-b border-solid-gray-200 py-2">
            <p>
              <span className="keep mr-3 text-note">{f.dateTime(event.at)}</span>
              <b>{words.events[event.type]}</b>{' '}
              <span className="text-note">
                {words.wording(formatNumber(event.number))} {event.by ? pick(event.by) : ''}
              </span>
            </p>
            {event.words !== '' && <p className="whitespace-pre-line">{event.words}</p>}
            {event.type === 'changed' && <p className="text-note whitespace-pre-line">{textOf(event.content)}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function textOf(content: ConditionDetail['events'][number]['content']): string {
  const text = content?.['text']
  return typeof text === 'object' && text !== null && 'ja' in text ? String(text.ja) : ''
}
