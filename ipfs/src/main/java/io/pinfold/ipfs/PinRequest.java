package io.pinfold.ipfs;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to pin and how.
 *
 * @param name the pin's name at the backend, which carries our mark; at most 255 bytes in UTF-8
 * @param update a root whose pin may serve as a start, so that only what differs is fetched
 * @param origins peers that are likely to have the content, at most 10
 * @param stallTimeout longest time without a new block
 */
public record PinRequest(
        Cid cid, PinDepth depth, String name, Optional<Cid> update, List<Multiaddr> origins, Duration stallTimeout) {

    /** The most bytes of a name in UTF-8. */
    public static final int MAX_NAME = 255;

    /** The most origins. */
    public static final int MAX_ORIGINS = 10;

    public PinRequest {
        origins = List.copyOf(origins);
        if (name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw new IllegalArgumentException("a pin's name has at most " + MAX_NAME + " bytes");
        }
        if (origins.size() > MAX_ORIGINS) {
            throw new IllegalArgumentException(origins.size() + " origins, at most " + MAX_ORIGINS + " allowed");
        }
        if (stallTimeout.isNegative() || stallTimeout.isZero()) {
            throw new IllegalArgumentException("the stall timeout must be more than nothing, not " + stallTimeout);
        }
    }
}
