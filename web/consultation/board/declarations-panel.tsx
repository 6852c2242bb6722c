import { useState } from 'react'

import type { CaseDetail, Declared } from '#consultation/board/api.ts'
import { api } from '#web/api.ts'
import { useMe } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextArea } from '#web/ui/text-field.tsx'

import { useDeed } from './use-deed.ts'

/** Who declared what, who is waited for, and the deeds of chair and secretariat. */
export function DeclarationsPanel({ detail }: { detail: CaseDetail }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.docket.declarations
  const { declared, inside } = detail
  const all = inside?.declarations ?? []
  return (
    <Panel title={words.title} aside={words.count(String(declared.said), String(declared.seats))} className="mb-6">
      {declared.since !== null && (
        <p className="mb-3 text-note">
          {words.waiting(t.ui.list(declared.waitingFor.map(pick)), f.waiting(declared.since))}
        </p>
      )}
      <ul>
        {all.map((one) => (
          <Member key={one.personId} detail={detail} one={one} />
        ))}
      </ul>
      <p className="mt-3 text-note text-solid-gray-700">{words.hidden}</p>
    </Panel>
  )
}

function Member({ detail, one }: { detail: CaseDetail; one: Declared }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.docket.declarations
  const remind = useDeed(() => api.post(`/board/cases/${detail.id}/reminders`, { personId: one.personId }))
  const [deciding, setDeciding] = useState(false)
  const me = useMe()?.person.id
  const name = pick(one.name)
  return (
    <li
      className={classes(
        'border-b border-solid-gray-200 py-2.5 text-note',
        one.standing === 'recused' && '-mx-2 bg-solid-gray-50 px-2',
      )}
    >
      <div className="grid grid-cols-[minmax(0,7rem)_minmax(0,1fr)_auto] items-start gap-2">
        <div>
          <span className="block font-700">{name}</span>
          <span className="text-solid-gray-700">
            {[one.chair ? words.chair : '', pick(one.expertise)].filter((w) => w !== '').join(' ')}
          </span>
        </div>
        <Said one={one} />
        <div className="text-right">
          {one.standing === 'undeclared' && detail.may.remind && (
            <Button
              look="text"
              size="small"
              label={words.remindOf(name)}
              busy={remind.isPending}
              onPress={() => remind.mutate(undefined)}
            >
              {words.remind}
            </Button>
          )}
          {one.standing !== 'undeclared' && one.at !== null && f.date(one.at)}
        </div>
      </div>
      {remind.isError && <Problem error={remind.error} />}
      {detail.may.recuse && !deciding && me !== one.personId && (
        <Button
          look="text"
          size="small"
          label={one.standing === 'recused' ? words.readmitOf(name) : words.recuseOf(name)}
          onPress={() => setDeciding(true)}
        >
          {one.standing === 'recused' ? words.readmit : words.recuse}
        </Button>
      )}
      {deciding && <Decide detail={detail} one={one} onDone={() => setDeciding(false)} />}
      {one.history.length > 1 && <History one={one} />}
    </li>
  )
}

function Said({ one }: { one: Declared }) {
  const t = useTexts()
  const f = useFormat()
  if (one.standing === 'undeclared')
    return (
      <span>
        <span className="hatch inline-flex rounded-4 border border-dashed border-solid-gray-536 px-2 py-0.5">
          {t.docket.standings.undeclared}
        </span>
        {one.remindedAt !== null && (
          <span className="mt-1 block text-solid-gray-700">
            {t.docket.declarations.reminded(f.date(one.remindedAt))}
          </span>
        )}
      </span>
    )
  const last = one.history.at(-1)
  return (
    <span>
      {last && <span className="block font-700">{t.docket.declared[last.type]}</span>}
      {one.words !== '' && <span className="block">{one.words}</span>}
      {one.standing === 'recused' && <Tag icon="padlock">{t.docket.standings.recused}</Tag>}
    </span>
  )
}

function History({ one }: { one: Declared }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.declarations
  return (
    <details className="mt-1">
      <summary className="cursor-pointer">{words.history(String(one.history.length))}</summary>
      <ol className="pl-4">
        {one.history.map((word) => (
          <li key={word.at}>
            {f.dateTime(word.at)} {t.docket.declared[word.type]}
            {word.own ? '' : t.ui.brackets(words.byOthers)} {word.words}
          </li>
        ))}
      </ol>
    </details>
  )
}

function Decide({ detail, one, onDone }: { detail: CaseDetail; one: Declared; onDone: () => void }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.docket.declarations
  const [said, setSaid] = useState('')
  const [tried, setTried] = useState(false)
  const back = one.standing === 'recused'
  const deed = useDeed(
    () =>
      api.post(`/board/cases/${detail.id}/recusals`, {
        personId: one.personId,
        type: back ? 'readmitted' : 'recused',
        words: said.trim(),
      }),
    onDone,
  )
  return (
    <div className="mt-2 grid gap-3">
      <TextArea
        label={t.docket.case.reason}
        help={words.decideText}
        requirement="required"
        value={said}
        onChange={setSaid}
        error={tried && said.trim() === '' ? t.docket.case.reasonNeeded : undefined}
        rows={2}
      />
      {deed.isError && <Problem error={deed.error} />}
      <div className="flex gap-3">
        <Button
          size="small"
          look="outline"
          busy={deed.isPending}
          onPress={() => {
            setTried(true)
            if (said.trim() !== '') deed.mutate(undefined)
          }}
        >
          {back ? words.readmitOf(pick(one.name)) : words.recuseOf(pick(one.name))}
        </Button>
        <Button size="small" look="text" onPress={onDone}>
          {t.ui.cancel}
        </Button>
      </div>
    </div>
  )
}
