import { type ReactNode, useId } from 'react'

import type { Clause, ClauseChange, RuleVersion } from '#user-rules/api.ts'
import { type Contact, type Section, sections, type StaffLine } from '#user-rules/model.ts'
import { paths } from '#web/paths.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { classes } from '#web/ui/class-names.ts'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'

type Props = {
  version: RuleVersion
  /** What the reader is shown as new; nothing where all of it is (`allNew`) or nothing is. */
  changes?: readonly ClauseChange[]
  /** The version the reader acknowledged. */
  since?: { readonly number: number; readonly at: string } | null
  /** The reader acknowledged no version yet. */
  allNew?: boolean
  /** Only the wording changed: the reader is not asked again. */
  wordingOnly?: boolean
  /** Sentences that are new to the reader: id of the clause and place of the sentence, `u-06 0`. */
  newLines?: readonly string[]
  ahead?: { readonly number: number; readonly effectiveFrom: string } | null
  /** The acknowledgement, below the sentences. */
  children?: ReactNode
}

/**
 * A rule as staff read it: first what changed since their version, then what they may, must not and always do, then whom
 * to tell. The page of staff and the preview of the editor are this one component.
 */
export function StaffRule({
  version,
  changes = [],
  since,
  allNew,
  wordingOnly,
  newLines = [],
  ahead,
  children,
}: Props) {
  const t = useTexts()
  const id = useId()
  const told = changes.filter(({ kind }) => kind !== 'moved')
  return (
    <article aria-labelledby={id} data-version={version.number} data-digest={version.digest}>
      <Head version={version} id={id} ahead={ahead ?? null} />
      {allNew === true ? (
        <Box title={t.staffRules.allNew.title}>
          <p className="text-note text-solid-gray-700">{t.staffRules.allNew.text}</p>
        </Box>
      ) : (
        since &&
        told.length > 0 && <Changes version={version} changes={told} since={since} wordingOnly={wordingOnly === true} />
      )}
      {sections.map((section) => (
        <SectionOf key={section} section={section} version={version} newLines={newLines} />
      ))}
      {children}
      <p className="mt-6 text-note break-all text-solid-gray-700">
        {t.staffRules.mark(version.number, `${version.digest.slice(0, 4)}…${version.digest.slice(-4)}`)}
      </p>
    </article>
  )
}

function Head({ version, id, ahead }: { version: RuleVersion; id: string; ahead: NonNullable<Props['ahead']> | null }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const { language, speak } = useLanguage()
  const { rule, number, effectiveFrom, adoptedBy } = version
  const other = language === 'ja' ? 'en' : 'ja'
  const facts = [
    t.staffRules.edition(number),
    effectiveFrom === null ? undefined : t.staffRules.from(f.proseDate(effectiveFrom)),
    adoptedBy === null ? undefined : t.staffRules.adoptedBy(pick(adoptedBy.post)),
  ].filter((fact) => fact !== undefined)
  return (
    <header className="mb-5">
      <h2 id={id} className="text-std-20B-150 sm:text-std-22B-150">
        {rule.system === null
          ? t.staffRules.ofMinistry(pick(rule.organisation.name))
          : t.staffRules.ofSystem(pick(rule.system.name))}
      </h2>
      <p className="mt-1 text-note text-solid-gray-700">
        {facts.map((fact) => (
          <span key={fact}>
            <span className="keep">{fact}</span>
            {t.overview.separator}
          </span>
        ))}
        <Link href={paths.userRule(rule.id)}>{t.staffRules.fullText}</Link>
        {t.overview.separator}
        <button
          type="button"
          lang={other}
          className="text-blue-1000 underline underline-offset-4"
          onClick={() => speak(other)}
        >
          {t.shell.otherLanguage}
        </button>
      </p>
      {ahead !== null && (
        <p className="mt-1 text-note font-700">{t.staffRules.ahead(ahead.number, f.proseDate(ahead.effectiveFrom))}</p>
      )}
    </header>
  )
}

function Box({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mb-8 rounded-8 border-2 border-blue-900 p-4 sm:p-5">
      <h3 className="text-std-18B-160">{title}</h3>
      {children}
    </section>
  )
}

type ChangesProps = {
  version: RuleVersion
  changes: readonly ClauseChange[]
  since: NonNullable<Props['since']>
  wordingOnly: boolean
}
function Changes({ version, changes, since, wordingOnly }: ChangesProps) {
  const t = useTexts()
  const f = useFormat()
  return (
    <Box title={t.staffRules.changes.title(changes.length)}>
      <p className="text-note text-solid-gray-700">
        {t.staffRules.changes.you(since.number, f.proseDate(since.at))}
        {wordingOnly && t.staffRules.changes.wording}
      </p>
      <ol className="mt-3">
        {changes.map((change, at) => (
          <li
            key={change.clauseId}
            className="flex gap-3 border-b border-solid-gray-200 py-3 last:border-b-0 last:pb-0"
          >
            <span
              aria-hidden="true"
              className="mt-0.5 flex size-7 shrink-0 items-center justify-center rounded-full bg-blue-900 text-note font-700 text-white"
            >
              {at + 1}
            </span>
            <ChangeWords change={change} clause={version.clauses.find(({ id }) => id === change.clauseId)} />
          </li>
        ))}
      </ol>
    </Box>
  )
}

/** The words of who wrote the change; where there are none, what became of the clause. */
function ChangeWords({ change, clause }: { change: ClauseChange; clause: Clause | undefined }) {
  const t = useTexts()
  const pick = usePick()
  const { note, kind, heading } = change
  const words = t.staffRules.changes
  const plain = kind === 'added' ? words.added : kind === 'removed' ? words.removed : words.changed
  const sentences = note === null && kind !== 'removed' ? (clause?.staff.map((line) => pick(line)) ?? []) : []
  return (
    <div className="min-w-0">
      <p className="font-700">{note === null ? plain(pick(heading)) : pick(note.title)}</p>
      {note !== null && pick(note.text) !== '' && <p className="text-note text-solid-gray-700">{pick(note.text)}</p>}
      {sentences.map((sentence) => (
        <p key={sentence} className="text-note text-solid-gray-700">
          {sentence}
        </p>
      ))}
    </div>
  )
}

type SectionProps = { section: Section; version: RuleVersion; newLines: readonly string[] }
function SectionOf({ section, version, newLines }: SectionProps) {
  const t = useTexts()
  const clauses = version.clauses.filter((clause) => clause.number !== null && clause.section === section)
  const lines = clauses.flatMap(({ id, staff }) => staff.map((line, at) => ({ line, key: `${id} ${at}` })))
  const contact = section === 'contact' ? version.contact : null
  if (lines.length === 0 && contact === null) return null
  return (
    <section className="mb-8">
      <h3 className="border-b border-solid-gray-420 pb-1 text-std-18B-160">{t.staffRules.sections[section]}</h3>
      <ul>
        {lines.map(({ line, key }) => (
          <Line key={key} line={line} isNew={newLines.includes(key)} />
        ))}
      </ul>
      {contact !== null && <ContactLine contact={contact} />}
    </section>
  )
}

const kindLooks = {
  do: 'border-green-800 bg-green-50 text-green-900',
  dont: 'border-red-800 bg-white text-red-900',
  always: 'border-blue-900 bg-white text-blue-1000',
} as const

function Line({ line, isNew }: { line: StaffLine; isNew: boolean }) {
  const t = useTexts()
  const pick = usePick()
  const { kind } = line
  return (
    <li
      className={classes(
        'flex items-start gap-3 border-b border-solid-gray-200 py-3',
        isNew && 'border-l-4 border-l-blue-900 pl-2',
      )}
    >
      {kind !== 'text' && (
        <span
          className={classes(
            'keep mt-0.5 min-w-[4.75rem] shrink-0 rounded-4 border px-1.5 py-0.5 text-center text-note font-700',
            kindLooks[kind],
          )}
        >
          {t.staffRules.kinds[kind]}
        </span>
      )}
      <span className="min-w-0">
        {pick(line)}{' '}
        {isNew && (
          <span className="keep inline-block rounded-4 bg-blue-900 px-1.5 text-note text-white">
            {t.staffRules.changed}
          </span>
        )}
      </span>
    </li>
  )
}

export function ContactLine({ contact }: { contact: Contact }) {
  const t = useTexts()
  const pick = usePick()
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 py-3">
      <Link href={paths.tell()}>{t.staffRules.tell.title}</Link>
      {contact.phone !== '' && <span>{contact.phone}</span>}
      {contact.mail !== '' && <Link href={`mailto:${contact.mail}`}>{contact.mail}</Link>}
      <span>{t.ui.brackets(pick(contact.unit))}</span>
    </p>
  )
}
