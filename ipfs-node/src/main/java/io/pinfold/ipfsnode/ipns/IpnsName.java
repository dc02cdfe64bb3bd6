package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.PeerId;
import java.nio.charset.StandardCharsets;

/** A name in IPNS: the identifier of the key that may say what it stands for. */
public record IpnsName(PeerId id) {

    private static final Bytes PREFIX = Bytes.copyOf("/ipns/".getBytes(StandardCharsets.US_ASCII));
    private static final String TOPIC = "/record/";

    /** The name that {@code text} spells: {@code k51…}, {@code 12D3Koo…}, {@code Qm…}, or a CID with codec libp2p-key. */
    public static Decoded<IpnsName> parse(String text) {
        return PeerId.parse(text).map(IpnsName::new);
    }

    /** The key under which its records are kept and asked for, binary: {@code /ipns/} and the identifier. */
    public Bytes routingKey() {
        return PREFIX.concat(id.toBytes());
    }

    /** The topic on which its records are published. */
    public String topic() {
        return TOPIC + Multibase.BASE64_URL.encodeBare(routingKey());
    }

    /** The usual spelling, a CID in base36. */
    @Override
    public String toString() {
        return id.toCid().toString(Multibase.BASE36);
    }
}
