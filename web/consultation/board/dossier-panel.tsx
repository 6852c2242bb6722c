import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'

import type { Text } from '#catalog/model-texts.ts'
import type { CaseDetail, Frozen } from '#consultation/board/api.ts'
import type { Dossier, DossierUse } from '#consultation/board/dossier.ts'
import type { Part } from '#consultation/board/model.ts'
import { fieldIds, fieldOf } from '#register/fields.ts'
import { type Facts, factOf } from '#register/model.ts'
import { apiAddress } from '#web/api.ts'
import { useCatalogText } from '#web/catalog/cited-text.tsx'
import { catalogsQuery } from '#web/catalog/load.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Icon } from '#web/ui/icon.tsx'
import { Link } from '#web/ui/link.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Tag, VerdictTag } from '#web/ui/tags.tsx'

import { Axes } from './axes.tsx'
import { Differences } from './differences.tsx'
import { factWords, inLanguage, namesIn } from './words.ts'

/** The dossier as it was submitted, with what changed since on top of it. */
export function DossierPanel({ inside, dossier }: { inside: NonNullable<CaseDetail['inside']>; dossier: Frozen }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.docket.dossier
  const earlier = inside.dossiers.length - 1
  return (
    <Panel
      title={words.title}
      aside={
        <span className="inline-flex items-center gap-1 text-solid-gray-700">
          <Icon name="padlock" size={16} />
          {words.fixed(f.dateTime(dossier.at))}
        </span>
      }
    >
      <Differences items={inside.differences} dossier={dossier} />
      <ol>
        {dossier.content.parts.map((part, n) => (
          <PartOf key={part.part} n={n + 1} part={part} dossier={dossier.content} />
        ))}
      </ol>
      <h3 className="mt-4 text-std-17B-170">{words.evidence}</h3>
      <Evidence dossier={dossier.content} />
      <p className="mt-3 text-note text-solid-gray-700">
        {words.version(String(dossier.number))}
        {earlier > 0 && ` ${words.earlier(String(earlier))}`}{' '}
        <span className="[overflow-wrap:anywhere]">{t.ui.named(words.digest, dossier.digest)}</span> {words.digestHelp}
      </p>
    </Panel>
  )
}

function PartOf({ n, part, dossier }: { n: number; part: Dossier['parts'][number]; dossier: Dossier }) {
  const t = useTexts()
  const words = t.docket.dossier
  const [open, setOpen] = useState(false)
  const name = t.docket.parts[part.part]
  const id = `part-${part.part}`
  const more = besides(part.part, dossier)
  const axes = dossier.register.uses.flatMap((use) => use.assessment?.axes ?? [])
  return (
    <li className="border-b border-solid-gray-200 py-3">
      <div className="flex items-start justify-between gap-4">
        <h3 className="text-std-16B-170">
          <span className="mr-3 text-solid-gray-700">{n}</span>
          {name}
        </h3>
        <span className="shrink-0">
          <Button
            look="text"
            size="small"
            label={open ? undefined : words.readOf(name)}
            expanded={open}
            controls={id}
            onPress={() => setOpen(!open)}
          >
            {open ? words.close : words.read}
          </Button>
        </span>
      </div>
      {!open && (
        <div className="line-clamp-2 text-note">
          {part.part === 'verdict' ? (
            <Axes axes={dossier.register.uses.length === 1 ? axes : []} />
          ) : (
            <Said part={part} />
          )}
        </div>
      )}
      <div id={id} hidden={!open}>
        {open && (
          <>
            <div className="my-2 whitespace-pre-line">
              <Said part={part} />
            </div>
            {more}
          </>
        )}
      </div>
    </li>
  )
}

function Said({ part }: { part: Dossier['parts'][number] }) {
  const t = useTexts()
  if (part.absent !== null)
    return (
      <>
        <Tag icon="dash">{t.docket.absences[part.absent]}</Tag> {part.because}
      </>
    )
  return <>{part.text === '' ? t.docket.dossier.noText : part.text}</>
}

function besides(part: Part, dossier: Dossier): ReactNode {
  switch (part) {
    case 'content':
      return <FactsOf dossier={dossier} />
    case 'verdict':
      return dossier.register.uses.map((use) => <Trail key={use.id} use={use} />)
    case 'supply-chain':
      return <Supply dossier={dossier} />
    case 'mitigation':
    case 'quality':
      return null
  }
}

function FactsOf({ dossier }: { dossier: Dossier }) {
  const words = useTexts().docket.dossier
  const { register } = dossier
  return (
    <>
      <h4 className="mt-3 text-std-16B-170">{words.facts}</h4>
      <FactList scope="system" facts={register.system.facts} dossier={dossier} />
      {register.uses.map((use) => (
        <div key={use.id}>
          <h4 className="mt-3 text-std-16B-170">{words.use(String(use.position), use.name ?? '')}</h4>
          <FactList scope="use" facts={use.facts} dossier={dossier} />
        </div>
      ))}
    </>
  )
}

/** What was answered, or said why not, and what nobody answered although it is reported on. */
function FactList({ scope, facts, dossier }: { scope: 'system' | 'use'; facts: Facts; dossier: Dossier }) {
  const t = useTexts()
  const { language } = useLanguage()
  const names = namesIn(dossier.register)
  const shown = fieldIds.filter(
    (id) => fieldOf(id).scope === scope && (facts[id] !== undefined || fieldOf(id).reported === true),
  )
  return (
    <DefinitionList
      items={shown.map((field) => ({
        term: t.fields.labels[field],
        detail: factWords(t, language, { scope, field, fact: factOf(facts, field), names }),
      }))}
    />
  )
}

export function Trail({ use }: { use: DossierUse }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const words = t.docket.dossier
  const a = use.assessment
  return (
    <div className="mt-3">
      <h4 className="mb-2 flex flex-wrap items-center gap-2 text-std-16B-170">
        {words.use(String(use.position), use.name ?? '')} <VerdictTag verdict={use.stale ? 'stale' : use.verdict} />
      </h4>
      {a === null ? (
        <p>{words.notWeighed}</p>
      ) : (
        <>
          <Axes axes={a.axes} />
          <DefinitionList
            items={[
              ...(use.ruledVerdict === null ? [] : [{ term: words.ruled, detail: t.words.verdicts[use.ruledVerdict] }]),
              {
                term: words.reasons,
                detail: (
                  <ul>
                    {a.reasons.map((reason) => (
                      <li key={reason.rule}>{inLanguage(reason.title, language) || reason.rule}</li>
                    ))}
                  </ul>
                ),
              },
              ...(a.judgement === null
                ? []
                : [
                    {
                      term: words.judgement,
                      detail: `${a.judgement.reason}${t.ui.brackets(
                        [a.judgement.by === null ? '' : pick(a.judgement.by), f.date(a.judgement.at)].join(' ').trim(),
                      )}`,
                    },
                  ]),
              { term: words.edition, detail: <EditionName catalog={a.catalog} edition={a.edition} /> },
            ]}
          />
        </>
      )}
    </div>
  )
}

/** The title of an edition that is still at hand; its id where it is not. */
function EditionName({ catalog, edition }: { catalog: string; edition: string }) {
  const t = useTexts()
  const text = useCatalogText()
  const { data } = useQuery(catalogsQuery)
  const found = data?.catalogs.find((one) => one.id === catalog && one.edition === edition)
  if (found === undefined) return t.catalog.shortEdition(catalog, edition)
  return (
    <Link href={paths.catalog(catalog, edition)}>
      {text(found.title as Text)} {t.catalog.editionOf(edition)}
    </Link>
  )
}

export function Supply({ dossier }: { dossier: Pick<Dossier, 'register'> }) {
  const t = useTexts()
  const words = t.docket.dossier
  const { suppliers, models } = dossier.register
  const country = (name: string | null) => words.country(name ?? t.docket.absences.unknown)
  return (
    <DefinitionList
      items={[
        {
          term: words.suppliers,
          detail:
            suppliers.length === 0 ? words.none : t.ui.list(suppliers.map((s) => `${s.name}${country(s.country)}`)),
        },
        {
          term: words.models,
          detail:
            models.length === 0
              ? words.none
              : t.ui.list(models.map((m) => `${[m.name, m.version].join(' ').trim()}${country(m.hostingCountry)}`)),
        },
      ]}
    />
  )
}

function Evidence({ dossier }: { dossier: Dossier }) {
  const t = useTexts()
  const f = useFormat()
  if (dossier.evidence.length === 0) return <p className="text-note">{t.docket.dossier.noEvidence}</p>
  return (
    <ul className="text-note">
      {dossier.evidence.map((one) => (
        <li key={one.id} className="py-1">
          <Link href={apiAddress(`/evidence/${one.id}/content`)}>{one.title}</Link>{' '}
          {t.ui.brackets(`${one.fileName} ${f.bytes(one.bytes)}`)}
        </li>
      ))}
    </ul>
  )
}
