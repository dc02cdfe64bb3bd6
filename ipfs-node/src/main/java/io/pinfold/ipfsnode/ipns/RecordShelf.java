package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Bytes;
import java.util.Optional;

/** The records that a node keeps, as others may have them and add to them. Thread-safe. */
public interface RecordShelf {

    /** What became of a record that somebody handed over. */
    enum Taken {
        /** It is here, as it was before or from now on. */
        HERE,
        /** A newer one is here. */
        OLD,
        /** It has expired, if this machine's clock is right. */
        EXPIRED,
        /** It is no record of that name. */
        BAD,
        /** There are too many names, or the disk failed. */
        NO_ROOM
    }

    /** The newest record of {@code name} that is valid now. */
    Optional<IpnsRecord> record(IpnsName name);

    /** Verifies what {@code encoded} claims to be, and keeps it if it is the newest; room is left for names of our own. */
    Taken take(IpnsName name, Bytes encoded);
}
