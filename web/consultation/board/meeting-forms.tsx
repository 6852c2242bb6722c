import { useState } from 'react'

import type { Meeting, Seat } from '#consultation/board/api.ts'
import { api, ApiError } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Checkbox } from '#web/ui/choices.tsx'
import { DateField } from '#web/ui/date-field.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { NumberField } from '#web/ui/number-field.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Select } from '#web/ui/select.tsx'
import { TextField } from '#web/ui/text-field.tsx'

import type { Seats } from './calls.ts'
import { useDeed } from './use-deed.ts'

const taken = (error: unknown): boolean => error instanceof ApiError && error.code === 'already-exists'

export function MeetingForm({ meeting, onDone }: { meeting?: Meeting; onDone: () => void }) {
  const t = useTexts()
  const words = t.docket.meetings
  const [number, setNumber] = useState<number | undefined>(meeting?.number)
  const [heldOn, setHeldOn] = useState<string | undefined>(meeting?.heldOn)
  const [note, setNote] = useState(meeting?.note ?? '')
  const [tried, setTried] = useState(false)
  const ready = number !== undefined && !Number.isNaN(number) && heldOn !== undefined
  const save = useDeed(
    () =>
      meeting === undefined
        ? api.post('/board/meetings', { number, heldOn, note })
        : api.patch(`/board/meetings/${meeting.id}`, { number, heldOn, note }, { version: meeting.version }),
    onDone,
  )
  return (
    <div className="grid gap-5">
      {tried && !ready && <Notice kind="error" title={words.needed} />}
      <NumberField
        label={words.number}
        requirement="required"
        width="short"
        value={number}
        onChange={setNumber}
        min={1}
        integer
      />
      <DateField label={words.date} requirement="required" value={heldOn} onChange={(iso) => setHeldOn(iso)} />
      <TextField label={words.note} requirement="optional" value={note} onChange={setNote} maxLength={2000} />
      {save.isError &&
        (taken(save.error) ? <Notice kind="error" title={words.taken} /> : <Problem error={save.error} />)}
      <Deeds busy={save.isPending} onDone={onDone} onSave={() => (setTried(true), ready && save.mutate(undefined))} />
    </div>
  )
}

type SeatProps = { seat?: Seat; candidates: Seats['candidates']; onDone: () => void }
export function SeatForm({ seat, candidates, onDone }: SeatProps) {
  const t = useTexts()
  const pick = usePick()
  const words = t.docket.meetings
  const [personId, setPerson] = useState(seat?.personId)
  const [ja, setJa] = useState(seat?.expertise.ja ?? '')
  const [en, setEn] = useState(seat?.expertise.en ?? '')
  const [chair, setChair] = useState(seat?.chair ?? false)
  const [from, setFrom] = useState<string | undefined>(seat?.from)
  const [to, setTo] = useState<string | undefined>(seat?.to ?? undefined)
  const [tried, setTried] = useState(false)
  const ready = personId !== undefined && ja.trim() !== '' && from !== undefined
  const body = { expertise: { ja: ja.trim(), en: en.trim() }, chair, from, to: to ?? null }
  const save = useDeed(
    () =>
      seat === undefined
        ? api.post('/board/seats', { ...body, personId })
        : api.patch(`/board/seats/${seat.id}`, body, { version: seat.version }),
    onDone,
  )
  return (
    <div className="grid gap-5">
      {tried && !ready && <Notice kind="error" title={words.needed} />}
      {seat === undefined ? (
        <Select
          label={words.person}
          requirement="required"
          width="medium"
          value={personId}
          onChange={setPerson}
          choices={candidates.map((c) => ({ id: c.personId, name: pick(c.name), note: pick(c.post) }))}
        />
      ) : (
        <p className="font-700">{pick(seat.name)}</p>
      )}
      <TextField
        label={words.expertiseJa}
        requirement="required"
        width="medium"
        value={ja}
        onChange={setJa}
        maxLength={200}
      />
      <TextField
        label={words.expertiseEn}
        requirement="optional"
        width="medium"
        value={en}
        onChange={setEn}
        maxLength={200}
      />
      <Checkbox chosen={chair} onChange={setChair} label={words.chair} />
      <DateField label={words.from} requirement="required" value={from} onChange={(iso) => setFrom(iso)} />
      <DateField label={words.to} requirement="optional" value={to} onChange={(iso) => setTo(iso)} />
      {save.isError &&
        (taken(save.error) ? <Notice kind="error" title={words.secondChair} /> : <Problem error={save.error} />)}
      <Deeds busy={save.isPending} onDone={onDone} onSave={() => (setTried(true), ready && save.mutate(undefined))} />
    </div>
  )
}

function Deeds({ busy, onSave, onDone }: { busy: boolean; onSave: () => void; onDone: () => void }) {
  const t = useTexts()
  return (
    <div className="flex gap-3">
      <Button look="filled" busy={busy} onPress={onSave}>
        {t.docket.meetings.save}
      </Button>
      <Button look="text" onPress={onDone}>
        {t.ui.cancel}
      </Button>
    </div>
  )
}
