// Topics: subscribe, publish, and what a validator shall say.
import { peerIdFromString } from '@libp2p/peer-id'
import { node } from './node.mjs'

export function pubsubOps (print) {
  const pubsub = () => node().services.pubsub
  let listening = false
  return {
    subscribe: async ({ topic }) => {
      if (!listening) {
        listening = true
        pubsub().addEventListener('message', ({ detail: m }) => print({
          event: 'message',
          topic: m.topic,
          from: m.from?.toString(),
          sequence: m.sequenceNumber?.toString(),
          data: Buffer.from(m.data).toString('base64')
        }))
      }
      pubsub().subscribe(topic)
      return {}
    },
    unsubscribe: async ({ topic }) => { pubsub().unsubscribe(topic); return {} },
    publish: async ({ topic, data }) => {
      const { recipients } = await pubsub().publish(topic, Buffer.from(data, 'base64'))
      return { recipients: recipients.map(String) }
    },
    // verdict: accept, ignore or reject for every message of the topic
    validate: async ({ topic, verdict }) => { pubsub().topicValidators.set(topic, () => verdict); return {} },
    topic: async ({ topic }) => ({
      subscribers: pubsub().getSubscribers(topic).map(String),
      mesh: pubsub().getMeshPeers(topic)
    }),
    score: async ({ peer }) => ({ score: pubsub().score.score(peerIdFromString(peer).toString()) })
  }
}
