// IPNS records: made, and checked.
import { createIPNSRecord, ipnsValidator, IPNSEntry, multihashToIPNSRoutingKey } from '@helia/ipns'
import { decode } from '@ipld/dag-cbor'
import { CID } from 'multiformats/cid'
import { base36 } from 'multiformats/bases/base36'

export function ipnsOps (helia) {
  return {
    // a record of a new key for `value`
    'ipns-create': async ({ key, value, sequence, lifetimeMs }) => {
      const made = await helia().keychain.generateKey(key, { type: 'Ed25519' })
      const record = await createIPNSRecord(made, value, sequence, lifetimeMs)
      return {
        name: made.publicKey.toCID().toString(base36),
        record: Buffer.from(IPNSEntry.encode(record)).toString('base64')
      }
    },
    // fails if the record is not valid for the name
    'ipns-check': async ({ name, record }) => {
      const routingKey = multihashToIPNSRoutingKey(CID.parse(name, base36).multihash)
      const entry = await ipnsValidator(routingKey, Buffer.from(record, 'base64'), helia().keychain)
      const signed = decode(entry.data)
      return { value: Buffer.from(signed.Value).toString(), sequence: Number(signed.Sequence) }
    }
  }
}
