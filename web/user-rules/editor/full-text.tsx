import { useState } from 'react'

import type { Clause, VersionDetail } from '#user-rules/api.ts'
import { sections } from '#user-rules/model.ts'
import { apiAddress } from '#web/api.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'
import { ButtonLink } from '#web/ui/link.tsx'

import { StateTag } from './state-tag.tsx'

/** Every article, to be read and printed, in one language or in both. */
export function FullText({ detail }: { detail: VersionDetail }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language } = useLanguage()
  const [both, setBoth] = useState(false)
  const texts = t.userRules.text
  const { version } = detail
  const { contact } = version
  const inText = version.clauses.filter((clause) => clause.number !== null)
  const query = { version: version.number, language }
  return (
    <article className="max-w-[60rem]">
      <div data-print="hide" className="mb-5 flex flex-wrap gap-3">
        <Button size="medium" onPress={() => setBoth(!both)}>
          {both ? texts.one : texts.both}
        </Button>
        <Button size="medium" onPress={() => window.print()}>
          {texts.print}
        </Button>
        <ButtonLink
          size="medium"
          icon="download"
          download
          href={apiAddress(`/user-rules/${version.rule.id}/text`, query)}
        >
          {t.userRules.rule.file}
        </ButtonLink>
        <ButtonLink
          size="medium"
          icon="download"
          download
          href={apiAddress(`/user-rules/${version.rule.id}/compiled`, { version: version.number })}
        >
          {t.userRules.rule.machineFile}
        </ButtonLink>
      </div>
      <p className="mb-4 flex flex-wrap items-center gap-2 text-note">
        <StateTag state={version.state} />
        {version.effectiveFrom === null
          ? t.userRules.rule.noDay
          : t.userRules.rule[version.state === 'in-force' || version.state === 'ended' ? 'since' : 'planned'](
              f.proseDate(version.effectiveFrom),
            )}
        {version.adoptedBy && `${t.overview.separator}${t.userRules.rule.adoptedBy(pick(version.adoptedBy.post))}`}
      </p>
      {sections.map((section) => {
        const clauses = inText.filter((clause) => clause.section === section)
        if (clauses.length === 0) return null
        return (
          <section key={section} className="mb-6">
            <h2 className="mb-3 border-b border-solid-gray-420 pb-1 text-std-20B-150">{texts.sections[section]}</h2>
            {clauses.map((clause) => (
              <Article key={clause.id} clause={clause} both={both} />
            ))}
          </section>
        )
      })}
      {contact && (
        <p className="mb-4">
          {t.ui.named(
            t.userRules.version.contact,
            [pick(contact.unit), contact.phone, contact.mail].filter((p) => p !== '').join(' '),
          )}
        </p>
      )}
      <p className="text-note break-all text-solid-gray-700">{t.ui.named(texts.digest, version.digest)}</p>
    </article>
  )
}

function Article({ clause, both }: { clause: Clause; both: boolean }) {
  const t = useTexts()
  const pick = usePick()
  const { language } = useLanguage()
  const shown = both ? (['ja', 'en'] as const) : [language]
  return (
    <section className="mb-5 break-inside-avoid">
      <h3 className="mb-1 text-std-16B-170">
        {t.userRules.headed(t.userRules.article(clause.number!), pick(clause.heading))}
      </h3>
      <div className={classes('grid gap-x-6 gap-y-2', both && 'sm:grid-cols-2')}>
        {shown.map((one) => (
          <p key={one} lang={one} className="whitespace-pre-wrap">
            {clause.text[one]}
          </p>
        ))}
      </div>
    </section>
  )
}
