package io.pinfold.libp2p.record;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses that a peer says are its own, signed by its identity key (RFC 0003).
 *
 * @param peer whose addresses they are
 * @param sequence larger is newer, unsigned; not a time to be relied on
 * @param addresses those of its addresses that we understand
 * @param envelope the signed bytes, to be handed on as they are
 */
public record SignedPeerRecord(PeerId peer, long sequence, List<Multiaddr> addresses, Bytes envelope) {

    /** Longest envelope that is read. */
    public static final int MAX_SIZE = 16 * 1024;
    /** Most addresses that are read. */
    public static final int MAX_ADDRESSES = 64;

    private static final String DOMAIN = "libp2p-peer-record";
    private static final Bytes PAYLOAD_TYPE = Bytes.fromHex("0301");
    private static final int PEER = 1;
    private static final int SEQUENCE = 2;
    private static final int ADDRESSES = 3;
    private static final int MULTIADDR = 1;

    public SignedPeerRecord {
        addresses = List.copyOf(addresses);
    }

    /** The record of {@code key}'s peer. */
    public static SignedPeerRecord sign(PrivateKey key, long sequence, List<Multiaddr> addresses) {
        Bytes payload = Proto.message(out -> {
            out.writeByteArray(PEER, key.peerId().toBytes().toArray());
            out.writeUInt64(SEQUENCE, sequence);
            for (Multiaddr address : addresses) {
                Bytes info = Proto.message(inner -> inner.writeByteArray(MULTIADDR, address.toBytes().toArray()));
                out.writeByteArray(ADDRESSES, info.toArray());
            }
        });
        Bytes envelope = Envelope.sign(key, DOMAIN, PAYLOAD_TYPE, payload).toBytes();
        return new SignedPeerRecord(key.peerId(), sequence, addresses, envelope);
    }

    /** Reads a record and checks that its own peer signed it; addresses of kinds that we do not know are left out. */
    public static Decoded<SignedPeerRecord> decode(Bytes message) {
        if (message.size() > MAX_SIZE) {
            return Decoded.refused(Refusal.Kind.TOO_LONG, "a peer record of " + message.size() + " bytes");
        }
        return Envelope.decode(message).flatMap(envelope -> {
            if (!envelope.payloadType().equals(PAYLOAD_TYPE)) {
                return Decoded.refused(Refusal.Kind.WRONG_TYPE, "the envelope holds no peer record");
            }
            if (!envelope.verifies(DOMAIN)) {
                return Decoded.refused(Refusal.Kind.BAD_SIGNATURE, "the peer record's signature does not hold");
            }
            return parse(envelope, message);
        });
    }

    private static Decoded<SignedPeerRecord> parse(Envelope envelope, Bytes message) {
        Parsed parsed = new Parsed();
        try {
            Proto.read(envelope.payload(), (tag, in) -> {
                if (tag == Proto.bytesTag(PEER)) {
                    parsed.peer = Proto.bytes(in);
                } else if (tag == Proto.varintTag(SEQUENCE)) {
                    parsed.sequence = in.readUInt64();
                } else if (tag == Proto.bytesTag(ADDRESSES) && parsed.addresses.size() < MAX_ADDRESSES) {
                    readAddress(Proto.bytes(in), parsed.addresses);
                } else {
                    return false;
                }
                return true;
            });
        } catch (IOException e) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "the peer record is not a protobuf message");
        }
        PeerId signer = envelope.key().peerId();
        if (!parsed.peer.equals(signer.toBytes())) {
            return Decoded.refused(Refusal.Kind.BAD_SIGNATURE, "the peer record is not its signer's");
        }
        return Decoded.ok(new SignedPeerRecord(signer, parsed.sequence, parsed.addresses, message));
    }

    private static void readAddress(Bytes info, List<Multiaddr> addresses) throws IOException {
        Proto.read(info, (tag, in) -> {
            if (tag != Proto.bytesTag(MULTIADDR)) {
                return false;
            }
            Multiaddr.decode(Proto.bytes(in)).toOptional().ifPresent(addresses::add);
            return true;
        });
    }

    private static final class Parsed {
        private Bytes peer = Bytes.EMPTY;
        private long sequence;
        private final List<Multiaddr> addresses = new ArrayList<>();
    }
}
