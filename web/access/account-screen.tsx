import { useState } from 'react'

import type { Me } from '#access/api.ts'
import { NotificationPreferences } from '#web/notifications/preferences.tsx'
import { paths } from '#web/paths.ts'
import { heldKey, isCurrent } from '#web/shell/roles-held.ts'
import { useMe, useSession } from '#web/shell/session.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Page, Section } from '#web/ui/page.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'

import { ApiTokens } from './api-tokens.tsx'
import { OwnSessions } from './own-sessions.tsx'

/** Who one is here, what one can act as, and where one is signed in. */
export function AccountScreen() {
  const t = useTexts()
  const me = useMe()
  if (!me) return null
  return (
    <Page title={t.account.title} crumbs={[{ name: t.shell.product, href: paths.overview() }]}>
      <div className="mb-8">
        <Self me={me} />
      </div>
      <Section title={t.account.roles}>
        <RolesHeld me={me} />
      </Section>
      <NotificationPreferences />
      <OwnSessions />
      {me.may['make-token'] && <ApiTokens />}
    </Page>
  )
}

function Self({ me }: { me: Me }) {
  const t = useTexts()
  const pick = usePick()
  return (
    <Panel title={t.account.who}>
      <DefinitionList
        items={[
          { term: t.account.name, detail: pick(me.person.name) },
          { term: t.account.post, detail: pick(me.person.post) },
          {
            term: t.account.organisation,
            detail: [...new Set([pick(me.ministry.name), pick(me.organisation.name)])].join(' '),
          },
          { term: t.account.actsAs, detail: t.words.roles[me.role] },
        ]}
      />
    </Panel>
  )
}

function RolesHeld({ me }: { me: Me }) {
  const t = useTexts()
  const pick = usePick()
  const { date } = useFormat()
  const { changeRole } = useSession()
  const [failure, setFailure] = useState<unknown>()
  return (
    <>
      {failure !== undefined && <Problem error={failure} takesFocus />}
      <DataTable
        caption={t.account.roles}
        rows={me.rolesHeld}
        rowKey={heldKey}
        columns={[
          {
            id: 'role',
            name: t.account.role,
            cell: (one) => (
              <>
                {t.words.roles[one.role]}
                {one.onBehalfOf && t.ui.brackets(t.account.deputyOf(pick(one.onBehalfOf.name)))}
                {one.supplier && t.ui.brackets(pick(one.supplier.name))}
              </>
            ),
          },
          { id: 'organisation', name: t.account.forOrganisation, cell: (one) => pick(one.organisation.name) },
          {
            id: 'until',
            name: t.account.until,
            cell: (one) => (one.until === null ? t.account.noEnd : date(one.until)),
          },
          {
            id: 'deed',
            name: t.account.change,
            cell: (one) =>
              isCurrent(me, one) ? (
                <Tag tone="blue" icon="tick">
                  {t.account.now}
                </Tag>
              ) : (
                <Button
                  look="text"
                  size="small"
                  onPress={() => {
                    setFailure(undefined)
                    changeRole(one).catch(setFailure)
                  }}
                >
                  {t.account.use(t.words.roles[one.role])}
                </Button>
              ),
          },
        ]}
      />
    </>
  )
}
