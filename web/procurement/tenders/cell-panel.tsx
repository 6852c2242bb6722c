import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'

import type { ComparisonCell, ComparisonPage } from '#procurement/tenders/api.ts'
import { type Mark, marks, marksFor } from '#procurement/tenders/model.ts'
import { labelOf } from '#procurement/sheets/model.ts'
import { apiAddress } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { RadioCards } from '#web/ui/choices.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useRefreshTender } from './bidders-panel.tsx'
import { evaluate } from './calls.ts'
import { Refused } from './refused.tsx'

type Props = {
  comparison: ComparisonPage
  item: ComparisonPage['items'][number]
  cell: ComparisonCell
  onClose: () => void
}

/** One answer in full, with its evidence, and its evaluation. */
export function CellPanel({ comparison, item, cell, onClose }: Props) {
  const t = useTexts().tenders.compare
  const bidder = comparison.bidders.find(({ id }) => id === cell.bidderId)!
  return (
    <Panel
      level={3}
      title={t.cell(labelOf(item.item), bidder.label)}
      edge="strong"
      aside={
        <Button look="text" size="small" onPress={onClose}>
          {t.closeCell}
        </Button>
      }
    >
      <Answer item={item} cell={cell} />
      <Evaluate comparison={comparison} item={item} cell={cell} />
    </Panel>
  )
}

function Answer({ item, cell: { answer } }: Pick<Props, 'item' | 'cell'>) {
  const { tenders } = useTexts()
  const t = tenders.compare
  const format = useFormat()
  return (
    <DefinitionList
      items={[
        {
          term: tenders.item.requirement,
          detail: (
            <p lang="ja" className="whitespace-pre-wrap">
              {item.text.requirement}
            </p>
          ),
        },
        {
          term: t.answers[answer?.fulfils ?? 'unanswered'],
          detail: (
            <>
              {answer !== null && answer.text !== '' && <p className="whitespace-pre-wrap">{answer.text}</p>}
              {answer?.earlierText === true && <Tag tone="attention">{t.earlierText}</Tag>}
            </>
          ),
        },
        ...(answer === null || answer.evidence.length === 0
          ? []
          : [
              {
                term: tenders.item.files.title,
                detail: (
                  <ul>
                    {answer.evidence.map(({ id, title, fileName, bytes }) => (
                      <li key={id}>
                        <Link href={apiAddress(`/evidence/${id}/content`)}>{title}</Link>{' '}
                        <span className="text-note">{`${fileName} ${format.bytes(bytes)}`}</span>
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]),
      ]}
    />
  )
}

function Evaluate({ comparison, item, cell }: Omit<Props, 'onClose'>) {
  const t = useTexts().tenders.compare
  const pick = usePick()
  const format = useFormat()
  const refresh = useRefreshTender(comparison.procurement.id)
  const { evaluation, answer } = cell
  const bidder = comparison.bidders.find(({ id }) => id === cell.bidderId)!
  const [mark, setMark] = useState<Mark | null>(evaluation?.mark ?? null)
  const [reason, setReason] = useState(evaluation?.reason ?? '')
  const save = useMutation({
    mutationFn: () =>
      evaluate(comparison.procurement.id, {
        bidderId: cell.bidderId,
        item: item.item,
        mark,
        reason,
        version: evaluation?.version ?? 0,
      }),
    onSuccess: refresh,
  })
  const open = marksFor(answer)
  const [opened] = useState(() => Date.now())
  const early = bidder.handedIn === 0 && Date.parse(bidder.deadline) > opened
  if (!comparison.may.evaluate) return <p className="mt-4 text-note">{t.mayNot}</p>
  return (
    <form
      noValidate
      className="mt-4 flex flex-col gap-4 border-t border-solid-gray-420 pt-4"
      onSubmit={(e) => {
        e.preventDefault()
        save.mutate()
      }}
    >
      {evaluation !== null && (
        <p className="text-note">
          {t.evaluated(evaluation.by === null ? '' : pick(evaluation.by), format.dateTime(evaluation.at))}
        </p>
      )}
      {evaluation?.outdated === true && <Tag tone="attention">{t.outdated}</Tag>}
      <RadioCards
        label={t.mark}
        offerNotYet={false}
        columns={2}
        {...(open.length < marks.length ? { help: t.onlyFails } : {})}
        value={mark ?? 'none'}
        onChange={(id) => setMark(marks.find((one) => one === id) ?? null)}
        choices={[...open.map((id) => ({ id, name: t.marks[id] })), { id: 'none', name: t.marks.notEvaluated }]}
      />
      <TextArea
        label={t.reason}
        help={t.reasonHelp}
        width="full"
        rows={2}
        maxLength={4000}
        value={reason}
        onChange={setReason}
      />
      <Refused error={save.error} />
      <div>
        <Button type="submit" busy={save.isPending} {...(early ? { blockedBecause: t.cannotYet } : {})}>
          {t.evaluate}
        </Button>
      </div>
    </form>
  )
}
