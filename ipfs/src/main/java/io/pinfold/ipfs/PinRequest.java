package io.pinfold.ipfs;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
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

    public PinRequest {
        origins = List.copyOf(origins);
    }
}
