import type { FastifyRequest } from 'fastify'

/** `https://host/scim/v2` as the caller addressed it. */
export const baseOf = (request: FastifyRequest): string => `${request.protocol}://${request.host}/scim/v2`
