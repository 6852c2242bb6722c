import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'

import type { VersionDetail } from '#user-rules/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { classes } from '#web/ui/class-names.ts'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { guideQuery, useDeed } from './calls.ts'

type Props = { detail: VersionDetail; chosen: string | undefined; href: (clause: string) => string; fixed: boolean }

/** All articles, with what changed; one is opened. */
export function ClauseList({ detail, chosen, href, fixed }: Props) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.rule
  const { clauses, changes } = detail.version
  const [adding, setAdding] = useState(false)
  const changed = new Map(changes.map((change) => [change.clauseId, change.kind]))
  return (
    <Panel title={texts.otherClauses} className="mt-4">
      <ul className="grid gap-x-4 text-note sm:grid-cols-2">
        {clauses.map(({ id, number, heading }) => {
          const kind = number === null ? 'removed' : changed.get(id)
          return (
            <li key={id} className={classes('flex items-start gap-2 py-1', id === chosen && 'font-700')}>
              <Link href={href(id)} {...(id === chosen ? { bold: true } : {})}>
                {number === null ? '' : `${t.userRules.article(number)} `}
                {pick(heading)}
              </Link>
              {kind && (
                <span className="keep shrink-0">
                  <Tag tone="blue">{texts[kind]}</Tag>
                </span>
              )}
            </li>
          )
        })}
      </ul>
      {detail.may.write && !fixed && (
        <div className="mt-3">
          <Button size="medium" icon="plus" expanded={adding} onPress={() => setAdding(!adding)}>
            {texts.addClause}
          </Button>
          {adding && <AddClause detail={detail} />}
        </div>
      )}
    </Panel>
  )
}

function AddClause({ detail }: { detail: VersionDetail }) {
  const t = useTexts()
  const pick = usePick()
  const texts = t.userRules.addClause
  const guide = useQuery(guideQuery(detail.version.rule.level))
  const deed = useDeed(detail)
  const there = new Set(detail.version.clauses.map(({ id }) => id))
  const blank = { ja: '', en: '' }
  const own = {
    section: 'input' as const,
    heading: { ja: texts.own, en: texts.own },
    text: blank,
    staff: [],
    settings: [],
    change: null,
    wordingOnly: null,
  }
  return (
    <div className="mt-3">
      {deed.isError && <Problem error={deed.error} takesFocus />}
      <Loaded query={guide}>
        {({ clauses }) => {
          const offered = clauses.filter(({ id }) => !there.has(id))
          return (
            <>
              <h3 className="text-std-16B-170">{texts.guide}</h3>
              {offered.length === 0 && <p className="text-note">{texts.none}</p>}
              <ul>
                {offered.map(({ id, heading, text, settings }) => (
                  <li key={id} className="border-b border-solid-gray-200 py-2 text-note">
                    <p className="font-700">{pick(heading)}</p>
                    <p>{pick(text)}</p>
                    <p className="mt-1 flex flex-wrap items-center gap-3">
                      <Button
                        size="small"
                        label={texts.takeOf(pick(heading))}
                        busy={deed.isPending}
                        onPress={() => deed.mutate({ method: 'post', path: '/clauses', body: { fromGuide: id } })}
                      >
                        {texts.take}
                      </Button>
                      {settings > 0 && texts.settings(settings)}
                    </p>
                  </li>
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
      <div className="mt-3">
        <Button
          size="medium"
          busy={deed.isPending}
          onPress={() => deed.mutate({ method: 'post', path: '/clauses', body: { content: own, after: null } })}
        >
          {texts.own}
        </Button>
      </div>
    </div>
  )
}
