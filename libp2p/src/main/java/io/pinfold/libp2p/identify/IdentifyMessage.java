package io.pinfold.libp2p.identify;

import com.google.protobuf.CodedInputStream;
import io.pinfold.libp2p.record.Proto;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a peer says of itself. Every part may be missing: a push may carry only what changed.
 *
 * @param publicKey the identity key, in libp2p's protobuf form
 * @param listenAddresses where it listens; those of kinds that we do not know are left out
 * @param protocols what it speaks
 * @param observedAddress where it sees us
 * @param protocolVersion the family of protocols
 * @param agentVersion name and version of the program
 * @param signedPeerRecord a record of its addresses, not checked yet
 */
public record IdentifyMessage(Optional<Bytes> publicKey, List<Multiaddr> listenAddresses, Set<String> protocols,
        Optional<Multiaddr> observedAddress, Optional<String> protocolVersion, Optional<String> agentVersion,
        Optional<Bytes> signedPeerRecord) {

    /** Nothing said. */
    public static final IdentifyMessage EMPTY = new IdentifyMessage(Optional.empty(), List.of(), Set.of(),
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Longest message that is read, as delimited on the wire. */
    public static final int MAX_SIZE = 64 * 1024;
    /** Most addresses that are kept. */
    public static final int MAX_ADDRESSES = 64;
    /** Most protocols that are kept. */
    public static final int MAX_PROTOCOLS = 512;
    /** Longest name of a protocol, program or version that is kept. */
    public static final int MAX_TEXT = 256;

    private static final int PUBLIC_KEY = 1;
    private static final int LISTEN = 2;
    private static final int PROTOCOLS = 3;
    private static final int OBSERVED = 4;
    private static final int PROTOCOL_VERSION = 5;
    private static final int AGENT_VERSION = 6;
    private static final int SIGNED_RECORD = 8;

    public IdentifyMessage {
        listenAddresses = List.copyOf(listenAddresses);
        protocols = Set.copyOf(protocols);
    }

    /** The protobuf message. */
    public Bytes toBytes() {
        return Proto.message(out -> {
            if (publicKey.isPresent()) {
                out.writeByteArray(PUBLIC_KEY, publicKey.get().toArray());
            }
            for (Multiaddr address : listenAddresses) {
                out.writeByteArray(LISTEN, address.toBytes().toArray());
            }
            for (String protocol : new TreeSet<>(protocols)) {
                out.writeString(PROTOCOLS, protocol);
            }
            if (observedAddress.isPresent()) {
                out.writeByteArray(OBSERVED, observedAddress.get().toBytes().toArray());
            }
            if (protocolVersion.isPresent()) {
                out.writeString(PROTOCOL_VERSION, protocolVersion.get());
            }
            if (agentVersion.isPresent()) {
                out.writeString(AGENT_VERSION, agentVersion.get());
            }
            if (signedPeerRecord.isPresent()) {
                out.writeByteArray(SIGNED_RECORD, signedPeerRecord.get().toArray());
            }
        });
    }

    /** Reads a message; what is above a bound on count or length of text makes it refused. */
    public static Decoded<IdentifyMessage> decode(Bytes message) {
        Builder builder = new Builder();
        try {
            Proto.read(message, builder::read);
        } catch (IOException e) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "identify is not a protobuf message");
        }
        if (builder.addresses > MAX_ADDRESSES || builder.protocols.size() > MAX_PROTOCOLS) {
            return Decoded.refused(Refusal.Kind.TOO_MANY, "identify names too many addresses or protocols");
        }
        if (builder.longestText > MAX_TEXT) {
            return Decoded.refused(Refusal.Kind.TOO_LONG, "identify has a text of " + builder.longestText);
        }
        return Decoded.ok(builder.build());
    }

    /** This message with what {@code later} says put in place of what this one says. */
    public IdentifyMessage with(IdentifyMessage later) {
        return new IdentifyMessage(later.publicKey.or(() -> publicKey),
                later.listenAddresses.isEmpty() ? listenAddresses : later.listenAddresses,
                later.protocols.isEmpty() ? protocols : later.protocols,
                later.observedAddress.or(() -> observedAddress), later.protocolVersion.or(() -> protocolVersion),
                later.agentVersion.or(() -> agentVersion), later.signedPeerRecord.or(() -> signedPeerRecord));
    }

    private static final class Builder {
        private Optional<Bytes> publicKey = Optional.empty();
        private final List<Multiaddr> listen = new ArrayList<>();
        private final Set<String> protocols = new TreeSet<>();
        private Optional<Multiaddr> observed = Optional.empty();
        private Optional<String> protocolVersion = Optional.empty();
        private Optional<String> agentVersion = Optional.empty();
        private Optional<Bytes> signedRecord = Optional.empty();
        private int addresses;
        private int longestText;

        boolean read(int tag, CodedInputStream in) throws IOException {
            if (tag == Proto.bytesTag(PUBLIC_KEY)) {
                publicKey = Optional.of(Proto.bytes(in));
            } else if (tag == Proto.bytesTag(LISTEN)) {
                addresses++;
                Multiaddr.decode(Proto.bytes(in)).toOptional().ifPresent(listen::add);
            } else if (tag == Proto.bytesTag(PROTOCOLS)) {
                protocols.add(text(in));
            } else if (tag == Proto.bytesTag(OBSERVED)) {
                observed = Multiaddr.decode(Proto.bytes(in)).toOptional();
            } else if (tag == Proto.bytesTag(PROTOCOL_VERSION)) {
                protocolVersion = Optional.of(text(in));
            } else if (tag == Proto.bytesTag(AGENT_VERSION)) {
                agentVersion = Optional.of(text(in));
            } else if (tag == Proto.bytesTag(SIGNED_RECORD)) {
                signedRecord = Optional.of(Proto.bytes(in));
            } else {
                return false;
            }
            return true;
        }

        private String text(CodedInputStream in) throws IOException {
            String text = in.readStringRequireUtf8();
            longestText = Math.max(longestText, text.length());
            return text;
        }

        IdentifyMessage build() {
            return new IdentifyMessage(publicKey, listen, protocols, observed, protocolVersion, agentVersion,
                    signedRecord);
        }
    }
}
