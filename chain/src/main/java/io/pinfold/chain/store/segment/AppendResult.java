package io.pinfold.chain.store.segment;

import io.pinfold.chain.StoreFailure;
import java.util.List;

/** Whether a group of records is durable. */
public sealed interface AppendResult {

    /** All records are on the disk, at {@code positions}, in the order given. */
    record Appended(List<Long> positions) implements AppendResult {

        /** Copies the list. */
        public Appended {
            positions = List.copyOf(positions);
        }
    }

    /** None is in the log; the same append may be tried again. */
    record Failed(StoreFailure failure) implements AppendResult {}
}
