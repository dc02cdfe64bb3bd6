package io.pinfold.follower.view;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One CID's status at one or more members.
 *
 * @param created when it came into the pinset, or {@link #NEVER} for a CID that is not in it
 * @param peers by member
 */
public record PinStatus(Cid cid, String name, List<PeerId> allocations, List<Multiaddr> origins, Instant created,
        SortedMap<String, String> metadata, SortedMap<PeerId, AtPeer> peers) {

    /** The time that stands for none: 0001-01-01T00:00:00Z. */
    public static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    public PinStatus {
        allocations = List.copyOf(allocations);
        origins = List.copyOf(origins);
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        peers = Collections.unmodifiableSortedMap(new TreeMap<>(peers));
    }

    /**
     * The status at one member.
     *
     * @param ipfsId its IPFS node, if known
     * @param since when this status began
     * @param error empty, or what the last attempt failed with
     * @param attempts how often the present operation was tried
     * @param priority whether it goes before older and often retried work
     * @param progress of the attempt that is running, if it is one
     */
    public record AtPeer(String peername, Optional<PeerId> ipfsId, List<Multiaddr> ipfsAddresses, TrackerStatus status,
            Instant since, String error, int attempts, boolean priority, Optional<Progress> progress) {

        public AtPeer {
            ipfsAddresses = List.copyOf(ipfsAddresses);
        }
    }

    /** What a running pin has fetched so far; bytes are 0 where the backend does not tell. */
    public record Progress(long blocks, long bytes) {}
}
