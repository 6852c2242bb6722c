import type { Notice as Told } from '#notifications/api.ts'
import { kindOf } from '#notifications/kinds.ts'
import { noticeFacts } from '#notifications/notice-facts.ts'
import { noticeWords } from '#notifications/words.ts'
import { useLanguage, usePick, useTexts } from '#web/texts/language.tsx'
import { Button } from '#web/ui/button.tsx'
import { useFormat } from '#web/ui/format.ts'
import { Link } from '#web/ui/link.tsx'
import { Tag } from '#web/ui/tags.tsx'

/** One notification: what happened as a link, what to do, where it belongs and since when. */
export function NoticeItem({ notice, onRead }: { notice: Told; onRead: () => void }) {
  const t = useTexts()
  const pick = usePick()
  const { language } = useLanguage()
  const { dateTime, proseDate } = useFormat()
  const facts = noticeFacts(notice, language, proseDate)
  const words = noticeWords[language][notice.kind]
  const title = words.title(facts)
  const isUnread = notice.readAt === null
  const place = [notice.item?.number, notice.organisation && pick(notice.organisation)].filter(Boolean)
  return (
    <article className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-4">
      <div className="min-w-0 flex-1 basis-80">
        <h2 className="text-std-16N-170 font-700">
          {isUnread && (
            <span className="mr-2">
              <Tag tone="blue">{t.notices.unread}</Tag>
            </span>
          )}
          {/* Going there is reading it; the answer is not waited for. */}
          <span onClickCapture={isUnread ? onRead : undefined}>
            <Link href={kindOf(notice.kind).path(notice.itemId)} bold={isUnread}>
              {title}
            </Link>
          </span>
        </h2>
        <p className="mt-1">{words.todo(facts)}</p>
        <p className="mt-1 text-note text-solid-gray-700">
          <time dateTime={notice.createdAt}>{t.notices.at(dateTime(notice.createdAt))}</time>
          {place.length > 0 && <span className="ml-3">{t.ui.list(place as string[])}</span>}
        </p>
        {kindOf(notice.kind).item === 'use' && notice.item === null && (
          <p className="mt-1 text-note text-solid-gray-700">{t.notices.gone}</p>
        )}
      </div>
      {isUnread && (
        <Button look="text" size="small" label={t.notices.markReadOf(title)} onPress={onRead}>
          {t.notices.markRead}
        </Button>
      )}
    </article>
  )
}
