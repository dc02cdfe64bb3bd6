package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import java.util.List;

/** Finds the links that a block has, in the order in which a walk follows them. */
@FunctionalInterface
public interface LinkReader {

    /** The links in {@code data}, which {@code cid} names, or why they cannot be told. */
    Decoded<List<Cid>> links(Cid cid, Bytes data);
}
