package io.pinfold.follower.chain;

import io.pinfold.chain.ChainStore;
import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import java.util.OptionalInt;

/** The chain's blocks as blocks of IPFS, read from the chain store, which is their only copy here. */
public record ChainBlocks(ChainStore chain) implements BlockReader {

    @Override
    public boolean has(Cid cid) {
        return chain.contains(named(cid));
    }

    @Override
    public OptionalInt size(Cid cid) {
        return chain.get(named(cid)).map(block -> OptionalInt.of(block.bytes().size())).orElse(OptionalInt.empty());
    }

    @Override
    public Found find(Cid cid) {
        return chain.get(named(cid)).<Found>map(block -> new Found.Present(block.bytes())).orElseGet(Found.Absent::new);
    }

    /** The CID as the chain has it: whatever codec somebody asks with, the multihash names the block. */
    private static Cid named(Cid cid) {
        return cid.codec() == Multicodec.DAG_CBOR ? cid : Cid.v1(Multicodec.DAG_CBOR, cid.hash());
    }
}
