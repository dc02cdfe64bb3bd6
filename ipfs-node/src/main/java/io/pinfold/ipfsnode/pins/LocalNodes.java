package io.pinfold.ipfsnode.pins;

import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import java.util.List;
import java.util.OptionalInt;

/** Looks for nodes whose blocks are here, and reads the links of those that can have some. */
final class LocalNodes {

    private final Context context;

    LocalNodes(Context context) {
        this.context = context;
    }

    /** What is here of {@code cid}; raw blocks are not read. */
    Look look(Cid cid) {
        if (cid.codec() == Multicodec.RAW) {
            OptionalInt size = context.store().size(cid);
            return size.isPresent() ? new Look.Here(List.of(), size.getAsInt()) : new Look.Absent();
        }
        if (!(context.store().find(cid) instanceof Found.Present(Bytes data))) {
            return new Look.Absent();
        }
        return switch (context.links().links(cid, data)) {
            case Decoded.Ok<List<Cid>>(List<Cid> links) -> new Look.Here(links, data.size());
            case Decoded.Refused<List<Cid>>(Refusal refusal) -> new Look.Unreadable(refusal);
        };
    }

    /** What a look found. */
    sealed interface Look {

        /** It is here. */
        record Here(List<Cid> links, int size) implements Look {}

        /** It is not. */
        record Absent() implements Look {}

        /** It is here, and nobody knows what it links to. */
        record Unreadable(Refusal refusal) implements Look {}
    }
}
