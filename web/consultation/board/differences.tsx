import { useState } from 'react'

import type { Difference, Frozen } from '#consultation/board/api.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Diff } from '#web/ui/diff.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Notice } from '#web/ui/notice.tsx'

import { factWords, fieldWord, namesIn } from './words.ts'

/** What the register says otherwise than the dossier, on top of it: the first at once, the others on demand. */
export function Differences({ items, dossier }: { items: readonly Difference[]; dossier: Frozen }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.changed
  const [open, setOpen] = useState(false)
  if (items.length === 0) return <p className="mb-4 text-note text-solid-gray-700">{words.none}</p>
  const latest =
    items
      .flatMap(({ since }) => since ?? [])
      .toSorted()
      .at(-1) ?? dossier.at
  const shown = open ? items : items.slice(0, 1)
  return (
    <div className="mb-4">
      <Notice kind="attention" title={words.title(String(items.length), f.date(latest))}>
        <ul>
          {shown.map((one) => (
            <li key={`${one.scope} ${one.of ?? ''} ${one.field}`} className="mb-2">
              <One item={one} dossier={dossier} />
            </li>
          ))}
        </ul>
        <p>{words.stays}</p>
        {items.length > 1 && !open && (
          <Button look="text" size="small" onPress={() => setOpen(true)}>
            {words.show}
          </Button>
        )}
      </Notice>
    </div>
  )
}

function One({ item, dossier }: { item: Difference; dossier: Frozen }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const words = t.docket.changed
  const names = namesIn(dossier.content.register)
  const said = (fact: Difference['from']) =>
    factWords(t, language, { scope: item.scope, field: item.field, fact, names })
  const field = fieldWord(t, item.scope, item.field)
  const who = item.by === null ? undefined : [item.by.organisation, item.by.post].flatMap((n) => (n ? [pick(n)] : []))
  return (
    <>
      <span className="font-700">{item.name === null ? field : words.of(item.name, field)}</span>{' '}
      <Diff from={said(item.from)} to={said(item.to)} />{' '}
      <span className="text-note text-solid-gray-700">
        {t.ui.brackets(who && item.since ? words.by(who.join(' '), f.date(item.since)) : words.unknownBy)}
      </span>
    </>
  )
}
