import { useQuery } from '@tanstack/react-query'
import { useRouter, useSearch } from '@tanstack/react-router'
import { useState } from 'react'

import type { Person, SignInWays } from '#access/api.ts'
import { api } from '#web/api.ts'
import { isOwnPath, paths } from '#web/paths.ts'
import { oneOf } from '#web/search.ts'
import { useSession } from '#web/shell/session.ts'
import { usePick, useTexts, useLanguage } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'

import { type Choice, LocalPeople } from './local-people.tsx'

/** The providers by name; in evaluation mode also the fictional people. */
export function SignInScreen() {
  const t = useTexts()
  const query = useQuery({
    queryKey: ['sign-in'],
    queryFn: ({ signal }) => api.get<SignInWays>('/sign-in', { signal }),
  })
  return (
    <Page title={t.access.signIn.title}>
      <SignInFault />
      <Loaded query={query}>
        {({ providers, evaluation }) => (
          <>
            {providers.length > 0 && <Providers providers={providers} />}
            {evaluation && <Local alone={providers.length === 0} />}
          </>
        )}
      </Loaded>
    </Page>
  )
}

/** The name of a claim as it may stand in a configuration; anything else in the address is not shown. */
const claimName = /^[\w.:/-]{1,120}$/

/** Why the last try did not succeed; the address carries a code, the words are ours. */
function SignInFault() {
  const t = useTexts()
  const search = useSearch({ strict: false })
  const code = oneOf(search, 'fault')
  if (code === '') return null
  const claim = oneOf(search, 'claim')
  const { what, todo } = t.account.fault(code, claimName.test(claim) ? claim : '')
  return (
    <Notice kind="error" title={t.account.faultTitle} takesFocus>
      <p>{what}</p>
      <p>{todo}</p>
    </Notice>
  )
}

function useNext(): string {
  const next = oneOf(useSearch({ strict: false }), 'next')
  return isOwnPath(next) ? next : paths.overview()
}

function Providers({ providers }: { providers: SignInWays['providers'] }) {
  const t = useTexts()
  const pick = usePick()
  const { language } = useLanguage()
  const next = useNext()
  // After a refusal the provider must ask again: otherwise it would send the same person back.
  const fresh = oneOf(useSearch({ strict: false }), 'fault') !== ''
  const [busy, setBusy] = useState('')
  const [failure, setFailure] = useState<unknown>()
  const begin = (id: string) => {
    setFailure(undefined)
    setBusy(id)
    api.post<{ to: string }>(`/sign-in/${id}`, { next, language, fresh }).then(
      // The provider has its own pages: the app is left.
      ({ to }) => window.location.assign(to),
      (error: unknown) => {
        setBusy('')
        setFailure(error)
      },
    )
  }
  return (
    <section className="mb-8 max-w-xl">
      {failure !== undefined && <Problem error={failure} takesFocus />}
      <p className="mb-4">{t.account.lead}</p>
      <ul className="grid gap-3">
        {providers.map(({ id, name, answers }) => (
          <li key={id}>
            <Button
              look={providers.length === 1 ? 'filled' : 'outline'}
              full
              busy={busy === id}
              onPress={() => begin(id)}
            >
              {t.account.by(pick(name))}
            </Button>
            {!answers && <p className="mt-1 text-note">{t.account.away}</p>}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Local sign-in of evaluation mode: one chooses a demonstration person. */
function Local({ alone }: { alone: boolean }) {
  const t = useTexts()
  const words = t.access.signIn
  const query = useQuery({
    queryKey: ['people'],
    queryFn: ({ signal }) => api.get<{ people: Person[] }>('/people', { signal }),
  })
  const { signIn } = useSession()
  const router = useRouter()
  const next = useNext()
  const [failure, setFailure] = useState<unknown>()
  const enter = (choice: Choice) => {
    setFailure(undefined)
    signIn(choice.person.id, choice.role).then(() => router.history.push(next), setFailure)
  }
  const body = (
    <>
      {failure !== undefined && <Problem error={failure} takesFocus />}
      <Loaded query={query}>
        {(data) =>
          data.people.length === 0 ? (
            <Empty why={words.off} todo={words.offTodo} />
          ) : (
            <>
              <p className="mb-4">{words.lead}</p>
              <Notice kind="attention" title={t.shell.evaluation}>
                {words.evaluation}
              </Notice>
              <LocalPeople people={data.people} onChoose={enter} />
            </>
          )
        }
      </Loaded>
    </>
  )
  return alone ? body : <Section title={t.account.localTitle}>{body}</Section>
}
