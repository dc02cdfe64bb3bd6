package io.pinfold.cli.service.ipfs;

import io.pinfold.cli.console.Complaint;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A root, and names from it downwards.
 *
 * @param names of entries of folders, none empty
 */
record ContentPath(Cid root, List<String> names) {

    private static final String PREFIX = "/ipfs/";

    ContentPath {
        names = List.copyOf(names);
    }

    /** Reads {@code CID}, {@code CID/a/b} or {@code /ipfs/CID/a/b}. */
    static ContentPath parse(String text) throws Complaint {
        String[] parts = (text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text).split("/", -1);
        List<String> names = new ArrayList<>(Arrays.asList(parts).subList(1, parts.length));
        names.removeIf(String::isEmpty);
        return switch (Cid.parse(parts[0])) {
            case Decoded.Ok<Cid>(Cid cid) -> new ContentPath(cid, names);
            case Decoded.Refused<Cid>(Refusal refusal) -> throw new Complaint("error: " + Shown.text(text)
                    + " begins with no CID: " + refusal.detail(), IpfsExit.USAGE);
        };
    }

    /** The folder that holds it; empty for a root. */
    Optional<ContentPath> parent() {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(new ContentPath(root, names.subList(0, names.size() - 1)));
    }

    /** What a file of it is called. */
    String lastName() {
        return names.isEmpty() ? root.toString() : names.getLast();
    }

    @Override
    public String toString() {
        return names.isEmpty() ? root.toString() : root + "/" + String.join("/", names);
    }
}
