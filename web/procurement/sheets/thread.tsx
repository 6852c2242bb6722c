import { type ReactNode, useState } from 'react'

import type { SheetItem } from '#procurement/sheets/api.ts'
import type { SheetPage } from '#procurement/sheets/api-page.ts'
import { gapsIn, labelOf } from '#procurement/sheets/model.ts'
import { mayEdit } from '#procurement/sheets/workflow.ts'
import { useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { LongText } from '#web/ui/long-text.tsx'

import { AnswersPart } from './answers-part.tsx'
import { ClauseForm } from './clause-form.tsx'
import { isProved } from './figures.ts'
import { ProofsForm } from './proofs-form.tsx'
import { ProofsPart } from './proofs-part.tsx'
import { RequirementForm } from './requirement-form.tsx'
import { WaysCell } from './row-cells.tsx'

type Part = 'requirement' | 'clause' | 'proof'
type Props = { item: SheetItem; page: SheetPage; onOpenItem: (item: string) => void }

/** 要件 → 証跡 → 回答 → 条項 → 証明: done steps have a filled number, open ones an outline. */
export function Thread({ item, page, onOpenItem }: Props) {
  const t = useTexts().procurement.item
  const [editing, setEditing] = useState<Part>()
  const { sheet, bidders, cells } = page
  const hasRequirement = item.sheet === 'procurement-check'
  const answered = bidders.length > 0 && bidders.every(({ id }) => cells[id]?.[item.item]?.mark != null)
  const edit = (part: Part, word: string) => {
    const right = part === 'proof' ? page.may.prove : page.may.keep
    if (!right.open || !mayEdit(sheet.state, part)) return undefined
    const adds = part === 'proof' && item.proofs.length === 0
    return (
      <Button
        look="text"
        size="small"
        label={adds ? `${t.addProof} ${labelOf(item.item)}` : t.editOf(word, labelOf(item.item))}
        expanded={editing === part}
        onPress={() => setEditing(editing === part ? undefined : part)}
      >
        {adds ? t.addProof : t.edit}
      </Button>
    )
  }
  const done = () => setEditing(undefined)
  const steps: readonly StepProps[] = [
    ...(hasRequirement
      ? [
          {
            name: t.requirement,
            done: item.requirement !== '' && gapsIn(item.requirement).length === 0,
            children: <RequirementPart item={item} edit={edit('requirement', t.requirement)} />,
          },
          { name: t.evidence, done: item.evidence.length > 0, children: <EvidencePart item={item} /> },
          {
            name: t.answers,
            done: answered,
            wide: true,
            children: <AnswersPart item={item} page={page} />,
          },
        ]
      : []),
    {
      name: t.clause,
      done: item.clause.state === 'agreed',
      children: <ClausePart item={item} edit={edit('clause', t.clause)} onOpenItem={onOpenItem} />,
    },
    { name: t.proof, done: isProved(item), children: <ProofsPart item={item} edit={edit('proof', t.proof)} /> },
  ]
  return (
    <>
      <ol
        className={classes(
          'flex flex-col gap-2 md:grid md:gap-5',
          hasRequirement ? 'md:grid-cols-[1.25fr_1fr_1.5fr_1.1fr_1.1fr]' : 'md:grid-cols-2',
        )}
      >
        {steps.map((step, n) => (
          <Step key={step.name} number={n + 1} last={n === steps.length - 1} {...step} />
        ))}
      </ol>
      {editing === 'requirement' && <RequirementForm item={item} procurementId={sheet.id} onDone={done} />}
      {editing === 'clause' && <ClauseForm item={item} procurementId={sheet.id} onDone={done} />}
      {editing === 'proof' && <ProofsForm item={item} procurementId={sheet.id} onDone={done} />}
    </>
  )
}

type StepProps = { name: string; done: boolean; wide?: boolean; children: ReactNode }

function Step({ number, name, done, last, children }: StepProps & { number: number; last: boolean }) {
  const t = useTexts().procurement.proofStates
  return (
    <li className="relative min-w-0 rounded-8 border border-solid-gray-300 bg-white p-3 font-400">
      <h3 className="mb-2 flex items-center gap-2 font-700">
        <span
          className={classes(
            'inline-flex size-6 shrink-0 items-center justify-center rounded-full border-2 border-solid-gray-800 text-[0.8125rem] leading-none',
            done ? 'bg-solid-gray-800 text-white' : 'bg-white text-solid-gray-800',
          )}
        >
          {number}
          <span className="sr-only">{done ? t.done : t.open}</span>
        </span>
        {name}
      </h3>
      <div className="narrow-column flex flex-col items-start gap-2 [&>ul]:w-full">{children}</div>
      {!last && (
        <Icon name="chevron-right" size={18} className="absolute top-4 -right-5 text-solid-gray-800 max-md:hidden!" />
      )}
    </li>
  )
}

function RequirementPart({ item, edit }: { item: SheetItem; edit: ReactNode }) {
  const t = useTexts().procurement.item
  const f = useFormat()
  const gaps = gapsIn(item.requirement).length
  return (
    <>
      <div lang="ja">
        <LongText text={item.requirement} />
      </div>
      {gaps > 0 && <p className="font-700 text-yellow-1200">{t.gaps(f.number(gaps))}</p>}
      <p className="flex flex-wrap items-center gap-x-4 text-solid-gray-700">
        {item.chapter === '' ? t.noChapter : t.chapter(item.chapter)}
        {edit}
      </p>
    </>
  )
}

function EvidencePart({ item }: { item: SheetItem }) {
  const t = useTexts()
  const words = t.procurement.item
  return (
    <>
      {item.evidence.length === 0 ? (
        <p className="text-solid-gray-700">{words.noEvidence}</p>
      ) : (
        <ul lang="ja" className="divide-y divide-solid-gray-300">
          {item.evidence.map((text) => (
            <li key={text} className="py-1.5 first:pt-0">
              {text}
            </li>
          ))}
        </ul>
      )}
      <p className="text-solid-gray-700">
        {t.ui.named(words.ways, '')}
        <WaysCell item={item} />
      </p>
    </>
  )
}

type ClauseProps = { item: SheetItem; edit: ReactNode; onOpenItem: (item: string) => void }

function ClausePart({ item, edit, onOpenItem }: ClauseProps) {
  const t = useTexts().procurement
  const f = useFormat()
  const { clause } = item
  return (
    <>
      <p>
        {clause.number === '' ? t.grid.noClauseNumber : clause.number}
        {'　'}
        <b className={clause.state === 'negotiating' ? 'text-yellow-1200' : ''}>{t.clauseStates[clause.state]}</b>
        {clause.agreedOn !== null && <span className="keep block">{f.date(clause.agreedOn)}</span>}
      </p>
      <div lang="ja" className="text-solid-gray-800">
        <LongText text={clause.text} />
      </div>
      {item.preset.related.length > 0 && (
        <p className="flex flex-wrap items-center gap-x-2 text-solid-gray-700">
          {item.sheet === 'procurement-check' ? t.item.related : t.item.relatedBack}
          {item.preset.related.map((other) => (
            <Button key={other} look="text" size="small" onPress={() => onOpenItem(other)}>
              {labelOf(other)}
            </Button>
          ))}
        </p>
      )}
      {edit}
    </>
  )
}
