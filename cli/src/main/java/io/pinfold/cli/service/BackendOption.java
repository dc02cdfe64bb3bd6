package io.pinfold.cli.service;

import io.pinfold.ipfs.BackendAddress;
import java.util.ArrayList;
import java.util.List;

/** Where a new peer keeps content: what {@code --pinning} names, else the IPFS node within the peer. */
public final class BackendOption {

    private static final String KEY = "pinning.backends";

    private BackendOption() {}

    /** The options {@code KEY=VALUE} of a command, and the backends that were named, or the usual one for a folder that is new. */
    public static List<String> with(List<String> options, List<String> backends, PeerFolder folder) {
        List<String> all = new ArrayList<>(options);
        if (!backends.isEmpty()) {
            all.add(KEY + "=" + String.join(",", backends));
        } else if (options.stream().noneMatch(option -> option.strip().startsWith(KEY)) && !folder.isMade()) {
            all.add(KEY + "=" + BackendAddress.EMBEDDED);
        }
        return all;
    }
}
