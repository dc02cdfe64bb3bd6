package io.pinfold.api.rest;

import io.pinfold.api.http.Query;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

import static io.pinfold.follower.view.PinOptions.MAX_ALLOCATIONS;
import static io.pinfold.follower.view.PinOptions.MAX_METADATA;
import static io.pinfold.follower.view.PinOptions.MAX_METADATA_BYTES;
import static io.pinfold.follower.view.PinOptions.MAX_NAME;
import static io.pinfold.follower.view.PinOptions.MAX_ORIGINS;

/**
 * Reads pin options from the parameters of a request: {@code name}, {@code mode}, {@code replication},
 * {@code replication-min}, {@code replication-max}, {@code replication-percent}, {@code shard-size},
 * {@code user-allocations}, {@code expire-at}, {@code expire-in}, {@code meta-KEY}, {@code pin-update},
 * {@code origins}. Absent and empty mean the default; what cannot be understood is refused, never dropped.
 */
final class PinOptionParser {

    private static final String META = "meta-";

    private final Query query;
    private final InstantSource clock;

    PinOptionParser(Query query, InstantSource clock) {
        this.query = query;
        this.clock = clock;
    }

    /** The options, or which one is bad. */
    PinOptions parse() throws BadParameterException {
        return new PinOptions(name(), mode(), new ReplicationParser(query).parse(), shardSize(), userAllocations(),
                new ExpiryParser(query, clock).parse(), metadata(), pinUpdate(), origins());
    }

    private String name() throws BadParameterException {
        String name = query.get("name").orElse("");
        check(bytes(name) <= MAX_NAME, "name", "longer than " + MAX_NAME + " bytes");
        return name;
    }

    private PinMode mode() throws BadParameterException {
        String text = query.get("mode").orElse(PinMode.RECURSIVE.text());
        for (PinMode mode : PinMode.values()) {
            if (mode.text().equals(text)) {
                return mode;
            }
        }
        throw new BadParameterException("mode", "recursive or direct, not " + text);
    }

    private long shardSize() throws BadParameterException {
        String text = query.get("shard-size").orElse("0");
        check(text.matches("[0-9]{1,18}"), "shard-size", text + " is not a number of bytes");
        return Long.parseLong(text);
    }

    private List<PeerId> userAllocations() throws BadParameterException {
        List<PeerId> peers = new ArrayList<>();
        for (String text : Parameters.list(query, "user-allocations")) {
            peers.add(Parameters.orBad("user-allocations: " + text, PeerId.parse(text)));
        }
        check(peers.size() <= MAX_ALLOCATIONS, "user-allocations", "more than " + MAX_ALLOCATIONS);
        return peers;
    }

    private SortedMap<String, String> metadata() throws BadParameterException {
        SortedMap<String, String> metadata = new TreeMap<>();
        query.values().forEach((name, value) -> {
            if (name.startsWith(META)) {
                metadata.put(name.substring(META.length()), value);
            }
        });
        check(!metadata.containsKey(""), "metadata", "an empty key");
        check(metadata.size() <= MAX_METADATA, "metadata", "more than " + MAX_METADATA + " entries");
        check(metadata.entrySet()
                .stream()
                .mapToInt(e -> bytes(e.getKey()) + bytes(e.getValue()))
                .sum() <= MAX_METADATA_BYTES,
                "metadata", "more than " + MAX_METADATA_BYTES + " bytes");
        return metadata;
    }

    private Optional<Cid> pinUpdate() throws BadParameterException {
        Optional<String> text = query.get("pin-update");
        return text.isEmpty() ? Optional.empty() : Optional.of(Parameters.orBad("pin-update", Cid.parse(text.get())));
    }

    private List<Multiaddr> origins() throws BadParameterException {
        List<Multiaddr> origins = new ArrayList<>();
        for (String text : Parameters.list(query, "origins")) {
            Multiaddr origin = Parameters.orBad("origins", Multiaddr.parse(text));
            check(origin.peerId().isPresent(), "origins", text + " has no /p2p/ part");
            origins.add(origin);
        }
        check(origins.size() <= MAX_ORIGINS, "origins", "more than " + MAX_ORIGINS);
        return origins;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void check(boolean holds, String parameter, String otherwise) throws BadParameterException {
        if (!holds) {
            throw new BadParameterException(parameter, otherwise);
        }
    }
}
