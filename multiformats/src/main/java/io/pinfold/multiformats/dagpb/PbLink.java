package io.pinfold.multiformats.dagpb;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A link of a {@link PbNode}. An absent name or size is another value than an empty name or a size of 0.
 *
 * @param name usually UTF-8
 * @param size of the whole graph behind the link, in bytes, as its writer claims; not negative
 */
public record PbLink(Cid cid, Optional<Bytes> name, OptionalLong size) {

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public PbLink {
        if (size.isPresent() && size.getAsLong() < 0) {
            throw new IllegalArgumentException("size is negative");
        }
    }

    /** The link called {@code name} to {@code cid}, behind which there are {@code size} bytes. */
    public static PbLink of(String name, Cid cid, long size) {
        return new PbLink(cid, Optional.of(Bytes.copyOf(name.getBytes(StandardCharsets.UTF_8))), OptionalLong.of(size));
    }

    /** The name, empty if it is absent; what is no UTF-8 in it is replaced by U+FFFD. */
    public String nameText() {
        return new String(name.orElse(Bytes.EMPTY).toArray(), StandardCharsets.UTF_8);
    }
}
