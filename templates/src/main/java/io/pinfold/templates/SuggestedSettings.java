package io.pinfold.templates;

import java.util.List;

/** What a template may suggest: nothing that touches trust, removal, listening, the IPFS node, or the disk. */
public final class SuggestedSettings {

    /** The keys of the peer's configuration that a template may suggest a value for. */
    public static final List<String> KEYS = List.of("cluster.low_water", "cluster.high_water", "tracker.pin_timeout",
            "tracker.reconcile_interval", "monitor.peer_watch_interval");

    /** Most characters of a value. */
    public static final int MAX_VALUE = 256;

    private SuggestedSettings() {}
}
