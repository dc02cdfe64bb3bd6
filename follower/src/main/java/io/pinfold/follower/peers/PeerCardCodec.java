package io.pinfold.follower.peers;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.cbor.CborFields;
import io.pinfold.multiformats.cbor.CborLimits;
import io.pinfold.multiformats.cbor.CborMapBuilder;
import io.pinfold.multiformats.cbor.CborValue;
import io.pinfold.multiformats.cbor.CborValue.CborBytes;
import io.pinfold.multiformats.cbor.CborValue.CborMap;
import io.pinfold.multiformats.cbor.DagCbor;
import java.util.List;

/** Writes and reads a {@link PeerCard} as strict DAG-CBOR; docs/protocol/methods.md, {@code id}. */
public final class PeerCardCodec {

    /** Most bytes of a card. */
    public static final int MAX_BYTES = 16 << 10;

    private static final int MAX_PEER_ID = 64;
    private static final CborLimits LIMITS = new CborLimits(MAX_BYTES, 3, 128);

    private PeerCardCodec() {}

    /** The canonical bytes of {@code card}. */
    public static Bytes encode(PeerCard card) {
        CborMapBuilder fields = CborMap.builder()
                .put("cluster", card.cluster())
                .put("name", card.name())
                .put("version", card.version())
                .put("addresses", addresses(card.addresses()));
        card.node()
                .ifPresent(node -> fields.put("ipfs", CborMap.builder()
                        .put("id", node.id().toBytes())
                        .put("addresses", addresses(node.addresses()))
                        .build()));
        return DagCbor.encode(fields.build());
    }

    /** The card that {@code bytes} encode. */
    public static Decoded<PeerCard> decode(Bytes bytes) {
        return DagCbor.decode(bytes, LIMITS).flatMap(value -> CborFields.read("peer card", value, PeerCardCodec::card));
    }

    private static PeerCard card(CborFields in) throws RefusalException {
        return new PeerCard(in.link("cluster"), in.text("name", PeerCard.MAX_NAME),
                in.text("version", PeerCard.MAX_NAME),
                in.list("addresses", PeerCard.MAX_ADDRESSES, PeerCardCodec::address),
                in.optionalMap("ipfs", PeerCardCodec::node));
    }

    private static NodeCard node(CborFields in) throws RefusalException {
        PeerId id = PeerId.decode(in.bytes("id", MAX_PEER_ID)).orRefuse();
        return new NodeCard(id, in.list("addresses", PeerCard.MAX_ADDRESSES, PeerCardCodec::address));
    }

    private static Multiaddr address(CborValue value) throws RefusalException {
        return Multiaddr.decode(CborFields.as(CborBytes.class, "address", value).value()).orRefuse();
    }

    private static List<CborBytes> addresses(List<Multiaddr> addresses) {
        return addresses.stream().map(address -> new CborBytes(address.toBytes())).toList();
    }
}
