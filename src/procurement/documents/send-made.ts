import type { FastifyReply } from 'fastify'

import type { MadeFile } from './make-document.ts'

/** RFC 8187, 3.2.1: four signs that encodeURIComponent leaves stand for nothing there. */
const extValue = (text: string) =>
  encodeURIComponent(text).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

export const sendMade = (reply: FastifyReply, { fileName, contentType, content }: MadeFile) =>
  reply
    .header('content-type', contentType)
    .header('content-disposition', `attachment; filename*=UTF-8''${extValue(fileName)}`)
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'private, no-store')
    .send(content)
