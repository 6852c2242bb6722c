import { useState } from 'react'

import type { Import } from '#register/import/api.ts'
import { apiAddress } from '#web/api.ts'
import { paths } from '#web/paths.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink, Link } from '#web/ui/link.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Section } from '#web/ui/page.tsx'
import { DefinitionList } from '#web/ui/panel.tsx'

import { CountsPanels } from './counts-panels.tsx'
import { Equation } from './equation.tsx'
import { ImportRows } from './import-rows.tsx'
import { ImportState } from './imports-screen.tsx'
import { UndoImport } from './undo-import.tsx'

/** The same equation as before, the rejected rows as a file, the original, and the way back. */
export function ImportDone({ of }: { of: Import }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.importing.result
  const [undone, setUndone] = useState<number | undefined>()
  const rejected = of.rejected > 0 && (
    <a className={linkLook} href={apiAddress(`/imports/${of.id}/rejected.csv`)} download>
      {words.rejectedFile(f.number(of.rejected))}
    </a>
  )
  return (
    <>
      {undone !== undefined && <Notice kind="success" title={words.undoneNow(f.number(undone))} />}
      <Outcome of={of} />
      <Equation rows={of.rows} stored={of.stored} rejected={of.rejected} done />
      <div className="mt-5 flex flex-wrap items-start gap-3">
        {of.state === 'done' && of.stored > 0 && (
          <ButtonLink href={paths.register({ import: of.id })} look="filled">
            {words.openRegister(f.number(of.stored))}
          </ButtonLink>
        )}
        {of.state !== 'done' && of.state !== 'running' && (
          <ButtonLink href={paths.importNew()}>{words.again}</ButtonLink>
        )}
        {of.state === 'done' && <UndoImport of={of} onUndone={setUndone} />}
      </div>
      <CountsPanels reasons={of.reasons} flags={of.flags} rejectedLink={rejected} />
      <div className="mt-8">
        <About of={of} />
        <ImportRows of={of} />
      </div>
    </>
  )
}

const linkLook = 'text-blue-1000 underline underline-offset-[3px] hover:decoration-[3px]'

function Outcome({ of }: { of: Import }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.importing.result
  switch (of.state) {
    case 'done':
      return <Notice kind="success" title={words.done(f.number(of.rows), f.number(of.stored), f.number(of.rejected))} />
    case 'undone':
      return (
        <Notice kind="information" title={words.undone(f.dateTime(of.undoneAt ?? of.at))}>
          <p>{words.undoneKept}</p>
        </Notice>
      )
    case 'cancelled':
      return <Notice kind="information" title={words.cancelled} takesFocus />
    case 'failed':
      return <Notice kind="error" title={words.failed} takesFocus />
    case 'running':
      return <Notice kind="information" title={t.importing.running.title} />
  }
}

function About({ of }: { of: Import }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.importing.result
  const { summary, reading } = t.importing
  return (
    <Section title={words.facts}>
      <DefinitionList
        items={[
          { term: t.importing.list.columns.state, detail: <ImportState state={of.state} /> },
          { term: summary.file, detail: `${of.fileName}（${f.bytes(of.bytes)}）` },
          ...(of.encoding === null
            ? []
            : [{ term: summary.encoding, detail: reading.encodings[of.encoding] ?? of.encoding }]),
          ...(of.sheet === null ? [] : [{ term: summary.sheet, detail: of.sheet }]),
          { term: summary.header, detail: reading.rowNumber(f.number(of.headerRow)) },
          { term: summary.map, detail: of.mapName },
          { term: t.importing.file.organisation, detail: pick(of.organisation.name) },
          { term: words.at, detail: f.dateTime(of.at) },
          { term: words.by, detail: of.actor === null ? '' : pick(of.actor.post) },
        ]}
      />
      <p className="mt-3">
        <a className={linkLook} href={apiAddress(`/imports/${of.id}/original`)} download>
          {words.original}
        </a>{' '}
        <Link href={paths.imports({ export: 'round-trip', importId: of.id })}>{words.giveBack}</Link>
      </p>
    </Section>
  )
}
