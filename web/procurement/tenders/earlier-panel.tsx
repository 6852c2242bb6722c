import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { OwnTender } from '#procurement/tenders/api.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { earlierQuery, takeEarlier, type ToTake } from './calls.ts'
import { Refused } from './refused.tsx'

/** What the supplier handed in before: taken one by one, or to every item that is still open. */
export function EarlierPanel({ tender }: { tender: OwnTender }) {
  const t = useTexts().tenders.earlier
  const [open, setOpen] = useState(false)
  if (tender.items.every(({ earlier }) => earlier === 0)) return null
  return (
    <div className="mb-5">
      <Panel title={t.title}>
        <p className="mb-3">{t.lead}</p>
        <Button size="small" expanded={open} onPress={() => setOpen(!open)}>
          {open ? t.hide : t.open}
        </Button>
        {open && <Earlier tender={tender} />}
      </Panel>
    </div>
  )
}

function Earlier({ tender }: { tender: OwnTender }) {
  const texts = useTexts().tenders
  const t = texts.earlier
  const pick = usePick()
  const format = useFormat()
  const queryClient = useQueryClient()
  const earlier = useQuery(earlierQuery(tender.id))
  const take = useMutation({
    mutationFn: (wanted: readonly ToTake[]) => takeEarlier(tender.id, wanted),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['tenders'] }),
  })
  const of = new Map(tender.items.map((item) => [item.item, item]))
  return (
    <div className="mt-4">
      <Refused error={take.error} />
      {take.data && <Notice kind="success" title={t.taken(format.number(take.data.taken))} />}
      <Loaded query={earlier}>
        {(items) => {
          const still = items.flatMap(({ item, answers }) => {
            const own = of.get(item)
            return own && own.fulfils === null && own.text === '' && answers[0]
              ? [{ item, answer: answers[0].id, version: own.version }]
              : []
          })
          return (
            <>
              {still.length > 0 && (
                <div className="my-3">
                  <Button size="small" busy={take.isPending} onPress={() => take.mutate(still)}>
                    {t.takeAll(format.number(still.length))}
                  </Button>
                </div>
              )}
              <ul className="flex flex-col gap-4">
                {items.map(({ item, answers }) => (
                  <li key={item}>
                    <h3 className="text-std-16B-170">{`${labelOf(item)} ${pick(of.get(item)?.asked.title ?? { ja: '', en: '' })}`}</h3>
                    <ul className="flex flex-col gap-3">
                      {answers.map((answer) => (
                        <li key={answer.id} className="border-l-4 border-solid-gray-420 pl-3">
                          <p className="flex flex-wrap gap-2 text-note">
                            <Tag tone="quiet">{texts.item.choices[answer.fulfils]}</Tag>
                            <span>{t.from(format.date(answer.at))}</span>
                            <span>{answer.sameRequirement ? t.same : t.differs}</span>
                          </p>
                          <p className="my-1 whitespace-pre-wrap">{answer.text}</p>
                          <Button
                            look="text"
                            size="small"
                            busy={take.isPending}
                            onPress={() => take.mutate([{ item, answer: answer.id, version: of.get(item)!.version }])}
                          >
                            {t.take}
                          </Button>
                        </li>
                      ))}
                    </ul>
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
    </div>
  )
}
