package io.pinfold.multiformats.dagpb;

import io.pinfold.multiformats.Bytes;
import java.util.List;
import java.util.Optional;

/** A DAG-PB node: links, in the order in which a walk follows them, and data. Absent data is not empty data. */
public record PbNode(List<PbLink> links, Optional<Bytes> data) {

    /** Copies the list. */
    public PbNode {
        links = List.copyOf(links);
    }
}
