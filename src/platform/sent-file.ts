import type { MultipartFile } from '@fastify/multipart'
import type { FastifyRequest } from 'fastify'

import { AppError } from './errors.ts'

/**
 * The one file of a multipart request, refused where it passes the limit and not at its end, however much is still to come.
 * @param most  bytes of a file at most; a request announced to be longer is refused before it is read
 * @throws AppError `too-large`, `bad-input` (`no-file`); the stream of the file fails with `too-large`
 */
export async function sentFile(request: FastifyRequest, most: number): Promise<MultipartFile> {
  if (!request.isMultipart()) throw new AppError('bad-input', { reason: 'no-file' })
  const announced = Number(request.headers['content-length'] ?? 0)
  // The words around a file are few.
  if (announced > most + 64 * 1024) throw new AppError('too-large', { limit: most })
  const sent = await request.file({ limits: { fileSize: most } })
  if (!sent) throw new AppError('bad-input', { reason: 'no-file' })
  sent.file.once('limit', () => sent.file.destroy(new AppError('too-large', { limit: most })))
  return sent
}
