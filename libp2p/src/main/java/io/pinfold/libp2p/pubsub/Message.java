package io.pinfold.libp2p.pubsub;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;

/**
 * A message of a topic whose author's signature holds.
 *
 * @param topic the topic's name
 * @param author who signed it
 * @param via the neighbour that it came from
 * @param sequence the author's sequence number, 8 bytes
 * @param data the payload
 */
public record Message(String topic, PeerId author, PeerId via, Bytes sequence, Bytes data) {}
