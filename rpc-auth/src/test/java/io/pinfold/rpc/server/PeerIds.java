package io.pinfold.rpc.server;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Multihash;
import io.pinfold.multiformats.PeerId;
import java.nio.ByteBuffer;

/** Peer identifiers by the thousand, without keys. */
final class PeerIds {

    private PeerIds() {}

    static PeerId number(int number) {
        return new PeerId(Multihash.sha256(Bytes.copyOf(ByteBuffer.allocate(4).putInt(number).array())));
    }
}
