package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.key.PrivateKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Records that Kubo 0.43 made, valid for a hundred years, with the keys that it made them by. */
final class KuboRecords {

    static final IpnsName V1_AND_V2_NAME = name("k51qzi5uqu5dhmyfrgogalajd5v9cxegjs2rmc1on7nm22z6psaubh4a0srz57");
    static final IpnsName V2_NAME = name("k51qzi5uqu5difk05fz2kceydjbocd9nrtwsezw0mh02jyslem323f8jwlr7mt");
    static final IpnsName RSA_NAME = name("k2k4r8ob8kr9pvg4qvq2phneblhn2ll6u90gve55cj7qo638q341zdic");

    static final Bytes V1_AND_V2 = record("kubo-v1-and-v2.hex");
    static final Bytes V2 = record("kubo-v2.hex");
    static final Bytes RSA = record("kubo-rsa.hex");

    static final PrivateKey V1_AND_V2_KEY = key(
            "0801124097358397d9149e1765ae0772da3db972b33425d728df6a4ae53d2a801b4d153d"
                    + "3a5d0b54c25fbbd6befd9aa7d2c392b5f0ecbace7ed004fcec89b7b8020e26ab");
    static final PrivateKey V2_KEY = key("080112406cec78330368c29bc60a162a05188b9d156a0c2fbf93b0df32adf3666706cdaa"
            + "5a3cb8620b027dc446899cdd1cc2e9a19695753039f089d99d03573c9cbd4465");

    private KuboRecords() {}

    private static IpnsName name(String text) {
        return IpnsName.parse(text).orElseThrow();
    }

    private static PrivateKey key(String hex) {
        return PrivateKey.decode(Bytes.fromHex(hex)).orElseThrow();
    }

    private static Bytes record(String file) {
        try (InputStream in = Objects.requireNonNull(KuboRecords.class.getResourceAsStream("/ipns/" + file))) {
            return Bytes.fromHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).replace("\n", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
