package io.pinfold.chain.store.segment;

import io.pinfold.chain.StoreFailure;
import io.pinfold.multiformats.Bytes;

/** What is at a position of a log. */
public sealed interface ReadResult {

    /** A record, its checksums good. */
    record Found(Bytes payload) implements ReadResult {}

    /** A record was there and its bytes are damaged. */
    record Damaged(DamagedRange range) implements ReadResult {}

    /** No record is at this position, or none any more. */
    record Absent() implements ReadResult {}

    /** It could not be read. */
    record Failed(StoreFailure failure) implements ReadResult {}
}
