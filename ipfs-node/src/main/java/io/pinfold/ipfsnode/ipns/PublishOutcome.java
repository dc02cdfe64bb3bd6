package io.pinfold.ipfsnode.ipns;

import java.util.List;

/** What became of publishing a name. */
public sealed interface PublishOutcome {

    /** The record is on disk here; {@code takenBy} has it too, which may be nobody yet. */
    record Published(IpnsRecord record, List<String> takenBy) implements PublishOutcome {

        /** Copies the list. */
        public Published {
            takenBy = List.copyOf(takenBy);
        }
    }

    /** The key cannot be had. */
    record NoKey(String detail) implements PublishOutcome {}

    /** A name cannot stand for this. */
    record BadValue(String detail) implements PublishOutcome {}

    /** The record cannot be kept here, so it was not published. */
    record NotKept(RecordStore.Kept why) implements PublishOutcome {}
}
