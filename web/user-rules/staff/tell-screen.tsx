import { useQuery } from '@tanstack/react-query'

import type { MyRule } from '#user-rules/acknowledgements/api.ts'
import type { Contact } from '#user-rules/model.ts'
import { usePick, useTexts } from '#web/texts/language.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Link } from '#web/ui/link.tsx'
import { Loaded } from '#web/ui/loading.tsx'
import { Notice } from '#web/ui/notice.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { DefinitionList, Panel } from '#web/ui/panel.tsx'

import { myRulesQuery } from './my-rules-screen.tsx'

type Told = MyRule & { readonly version: { readonly contact: Contact } }
const hasContact = (rule: MyRule): rule is Told => rule.version.contact !== null

/** Whom to tell when something looks wrong, out of the rules in force, and what to say. */
export function TellScreen() {
  const t = useTexts()
  const pick = usePick()
  const words = t.staffRules.tell
  const query = useQuery(myRulesQuery)
  return (
    <Page title={words.title} lead={words.lead}>
      <Loaded query={query}>
        {({ rules }) => (
          <div className="max-w-[46rem]">
            <div className="mb-8">
              <Notice kind="attention" title={words.stop} takesFocus={false} />
            </div>
            <Section title={words.where}>
              {rules.some(hasContact) ? (
                <div className="flex flex-col gap-4">
                  {rules.filter(hasContact).map(({ version: { rule, contact } }) => (
                    <Panel
                      key={rule.id}
                      level={3}
                      title={
                        rule.system === null
                          ? words.ofMinistry(pick(rule.organisation.name))
                          : words.ofSystem(pick(rule.system.name))
                      }
                    >
                      <ContactFacts contact={contact} />
                    </Panel>
                  ))}
                </div>
              ) : (
                <Empty why={words.none} todo={words.noneTodo} />
              )}
            </Section>
            <Section title={words.what}>
              <ul className="list-disc pl-6">
                {words.points.map((point) => (
                  <li key={point}>{point}</li>
                ))}
              </ul>
            </Section>
          </div>
        )}
      </Loaded>
    </Page>
  )
}

function ContactFacts({ contact }: { contact: Contact }) {
  const t = useTexts()
  const pick = usePick()
  const words = t.staffRules.tell
  return (
    <DefinitionList
      items={[
        { term: words.unit, detail: pick(contact.unit) || words.unwritten },
        { term: words.phone, detail: contact.phone || words.unwritten },
        {
          term: words.mail,
          detail: contact.mail === '' ? words.unwritten : <Link href={`mailto:${contact.mail}`}>{contact.mail}</Link>,
        },
      ]}
    />
  )
}
