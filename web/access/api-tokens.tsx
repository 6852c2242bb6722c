import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'

import type { MadeToken, OwnTokens, Token, TokenScope } from '#access/tokens/api.ts'
import { api } from '#web/api.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { CheckboxGroup } from '#web/ui/choices.tsx'
import { ConfirmDialog } from '#web/ui/dialog.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Form } from '#web/ui/form.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { NumberField } from '#web/ui/number-field.tsx'
import { Section } from '#web/ui/page.tsx'
import { Panel } from '#web/ui/panel.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { DataTable } from '#web/ui/table.tsx'
import { Tag } from '#web/ui/tags.tsx'
import { TextField } from '#web/ui/text-field.tsx'

const key = ['tokens']

/** One's own API tokens: made, shown once, revoked. */
export function ApiTokens() {
  const t = useTexts()
  const words = t.people.tokens
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<MadeToken>()
  const query = useQuery({ queryKey: key, queryFn: ({ signal }) => api.get<OwnTokens>('/tokens', { signal }) })
  return (
    <Section
      title={words.title}
      aside={
        <Button look="outline" size="medium" expanded={making} onPress={() => setMaking(!making)}>
          {words.make}
        </Button>
      }
    >
      <p className="mb-3">{words.lead}</p>
      {made !== undefined && <Shown made={made} />}
      <Loaded query={query}>
        {(own) => (
          <>
            {making && (
              <Panel className="mb-4">
                <MakeToken
                  own={own}
                  onMade={(token) => {
                    setMaking(false)
                    setMade(token)
                  }}
                />
              </Panel>
            )}
            <TokenTable tokens={own.items} caption={words.title} />
          </>
        )}
      </Loaded>
    </Section>
  )
}

function Shown({ made }: { made: MadeToken }) {
  const t = useTexts()
  const words = t.people.tokens
  const [copied, setCopied] = useState(false)
  return (
    <Notice
      key={made.id}
      kind="attention"
      title={words.onceTitle}
      takesFocus
      action={
        <Button
          look="outline"
          size="medium"
          onPress={() => void navigator.clipboard.writeText(made.token).then(() => setCopied(true))}
        >
          {copied ? words.copied : words.copy}
        </Button>
      }
    >
      <p className="mb-2 font-mono break-all">{made.token}</p>
      <p>{words.onceText}</p>
    </Notice>
  )
}

function MakeToken({ own, onMade }: { own: OwnTokens; onMade: (made: MadeToken) => void }) {
  const t = useTexts()
  const f = useFormat()
  const words = t.people.tokens
  const queryClient = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<readonly TokenScope[]>(['read'])
  const [days, setDays] = useState<number | undefined>(own.days.preset)
  const [tried, setTried] = useState(false)
  const most = f.number(own.days.most)
  const faults = {
    name: name.trim() === '' ? words.nameNeeded : undefined,
    scopes: scopes.length === 0 ? words.scopesNeeded : undefined,
    days: days !== undefined && days >= 1 && days <= own.days.most ? undefined : words.daysNeeded(most),
  }
  const make = useMutation({
    mutationFn: () => api.post<MadeToken>('/tokens', { name: name.trim(), scopes, days }),
    onSuccess: async (made) => {
      onMade(made)
      await queryClient.invalidateQueries({ queryKey: key })
    },
  })
  return (
    <Form
      title={words.make}
      error={make.error}
      onSubmit={() => {
        setTried(true)
        if (Object.values(faults).every((fault) => fault === undefined)) make.mutate()
      }}
    >
      <TextField
        label={words.name}
        help={words.nameHelp}
        requirement="required"
        value={name}
        onChange={setName}
        maxLength={100}
        error={tried ? faults.name : undefined}
      />
      <CheckboxGroup
        label={words.scopes}
        requirement="required"
        value={[...scopes]}
        onChange={(chosen) => setScopes(own.scopes.filter((scope) => chosen.includes(scope)))}
        choices={own.scopes.map((id) => ({ id, name: words.scopeNames[id] }))}
        error={tried ? faults.scopes : undefined}
      />
      <NumberField
        label={words.days}
        help={words.daysHelp(most)}
        requirement="required"
        width="short"
        integer
        min={1}
        max={own.days.most}
        value={days}
        onChange={setDays}
        error={tried ? faults.days : undefined}
      />
      <div>
        <Button type="submit" size="medium" busy={make.isPending}>
          {words.make}
        </Button>
      </div>
    </Form>
  )
}

type Listed = Token & { readonly person?: { readonly name: { ja: string; en: string } } }

/** Tokens without their values; each can be revoked. */
export function TokenTable({ tokens, caption }: { tokens: readonly Listed[]; caption: string }) {
  const t = useTexts()
  const f = useFormat()
  const pick = usePick()
  const words = t.people.tokens
  const queryClient = useQueryClient()
  const [asking, setAsking] = useState<Listed>()
  const [done, setDone] = useState<string>()
  const revoke = useMutation({
    mutationFn: ({ id }: Listed) => api.delete(`/tokens/${id}`),
    onSuccess: async (_answer, { name }) => {
      setDone(words.revoked(name))
      await queryClient.invalidateQueries({ queryKey: key })
    },
    onSettled: () => setAsking(undefined),
  })
  if (tokens.length === 0) return <Empty why={words.empty} />
  const tones = { valid: 'success', expired: 'quiet', revoked: 'quiet' } as const
  const others = tokens.some(({ person }) => person !== undefined)
  return (
    <>
      {done !== undefined && <Notice key={done} kind="success" title={done} takesFocus />}
      {revoke.isError && <Problem error={revoke.error} takesFocus />}
      <DataTable<Listed>
        caption={caption}
        rows={tokens}
        rowKey={({ id }) => id}
        rowName={({ name }) => name}
        columns={[
          {
            id: 'name',
            name: words.name,
            cell: ({ name, hint, state }) => (
              <span className="inline-flex flex-wrap items-center gap-2">
                {name} <code className="font-mono text-note">{hint}…</code>
                <Tag tone={tones[state]}>{words.states[state]}</Tag>
              </span>
            ),
          },
          ...(others
            ? [{ id: 'person', name: words.person, cell: ({ person }: Listed) => (person ? pick(person.name) : '') }]
            : []),
          { id: 'scopes', name: words.scopes, cell: ({ scopes }) => t.ui.list(scopes.map((s) => words.scopeNames[s])) },
          {
            id: 'role',
            name: words.role,
            cell: ({ role, organisation }) => `${t.words.roles[role]}${t.ui.brackets(pick(organisation.name))}`,
          },
          { id: 'expires', name: words.expires, cell: ({ expiresAt }) => f.date(expiresAt) },
          {
            id: 'used',
            name: words.lastUsed,
            cell: ({ lastUsedAt }) => (lastUsedAt === null ? words.never : f.dateTime(lastUsedAt)),
          },
          {
            id: 'revoke',
            name: words.revoke,
            hiddenName: true,
            cell: (token) =>
              token.state === 'valid' && (
                <Button
                  look="text"
                  size="small"
                  tone="danger"
                  label={words.revokeOne(token.name)}
                  onPress={() => setAsking(token)}
                >
                  {words.revoke}
                </Button>
              ),
          },
        ]}
      />
      <ConfirmDialog
        open={asking !== undefined}
        onClose={() => setAsking(undefined)}
        title={words.revokeTitle(asking?.name ?? '')}
        deed={words.revoke}
        onDeed={() => asking && revoke.mutate(asking)}
        tone="danger"
        busy={revoke.isPending}
      >
        {words.revokeText}
      </ConfirmDialog>
    </>
  )
}
