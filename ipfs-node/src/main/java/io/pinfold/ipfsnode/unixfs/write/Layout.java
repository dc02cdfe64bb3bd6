package io.pinfold.ipfsnode.unixfs.write;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;

/**
 * How files and folders are laid out in blocks; together with the content it determines the CIDs.
 *
 * <p>Files are cut into chunks of one size, under a balanced tree. Where an entry has a mode or time, its file has no raw
 * leaves, as in Kubo.
 *
 * @param cidVersion of all nodes but raw leaves and inlined ones, which always have version 1
 * @param hash multicodec of a hash function that we can compute
 * @param chunkSize in bytes; too small makes many blocks, too large ones that peers refuse
 * @param maxLinks links of a node of a file
 * @param rawLeaves whether chunks are raw blocks
 * @param inlineLimit blocks up to so many bytes are put into their CIDs; 0 for none
 */
public record Layout(int cidVersion, long hash, int chunkSize, int maxLinks, boolean rawLeaves, int inlineLimit,
        Sharding sharding) {

    /** The greatest size of a chunk: with its framing it is still a block that peers take. */
    public static final int MAX_CHUNK = Block.MAX_SIZE - 256;
    /** The greatest number of links of a node of a file; with SHA2-512 they fill a block. */
    public static final int MAX_LINKS = 1 << 14;

    /** The profile {@code unixfs-v0-2015}: what {@code ipfs add} did by default for long. Also called legacy-cid-v0. */
    public static final Layout UNIXFS_V0_2015 = new Layout(0, Multicodec.SHA2_256, 256 << 10, 174, false, 0,
            Sharding.by(Sharding.Estimate.LINKS));

    /** The profile {@code unixfs-v1-2025}. */
    public static final Layout UNIXFS_V1_2025 = new Layout(1, Multicodec.SHA2_256, 1 << 20, 1024, true, 0,
            Sharding.by(Sharding.Estimate.BLOCK));

    /** What {@code ipfs add --cid-version=1} does without a profile. */
    public static final Layout KUBO_CID_V1 = UNIXFS_V0_2015.withCidVersion(1).withRawLeaves(true);

    /**
     * Checks that the numbers go together.
     *
     * @throws IllegalArgumentException naming the one that is out of range
     */
    public Layout {
        require(cidVersion == 1 || (cidVersion == 0 && hash == Multicodec.SHA2_256),
                "CID version " + cidVersion + " with hash 0x" + Long.toHexString(hash));
        require(Multihash.canCompute(hash), "unknown hash 0x" + Long.toHexString(hash));
        require(chunkSize >= 1 && chunkSize <= MAX_CHUNK, "chunk size " + chunkSize + ", 1 to " + MAX_CHUNK);
        require(maxLinks >= 2 && maxLinks <= MAX_LINKS, "links of a node " + maxLinks + ", 2 to " + MAX_LINKS);
        require(inlineLimit >= 0 && inlineLimit <= Multihash.MAX_DIGEST,
                "inline limit " + inlineLimit + ", 0 to " + Multihash.MAX_DIGEST);
    }

    private static void require(boolean right, String problem) {
        if (!right) {
            throw new IllegalArgumentException(problem);
        }
    }

    /** The same with another CID version. */
    public Layout withCidVersion(int version) {
        return new Layout(version, hash, chunkSize, maxLinks, rawLeaves, inlineLimit, sharding);
    }

    /** The same with another hash function. */
    public Layout withHash(long function) {
        return new Layout(cidVersion, function, chunkSize, maxLinks, rawLeaves, inlineLimit, sharding);
    }

    /** The same with chunks of another size. */
    public Layout withChunkSize(int size) {
        return new Layout(cidVersion, hash, size, maxLinks, rawLeaves, inlineLimit, sharding);
    }

    /** The same with another number of links of a node. */
    public Layout withMaxLinks(int links) {
        return new Layout(cidVersion, hash, chunkSize, links, rawLeaves, inlineLimit, sharding);
    }

    /** The same with raw leaves or without. */
    public Layout withRawLeaves(boolean raw) {
        return new Layout(cidVersion, hash, chunkSize, maxLinks, raw, inlineLimit, sharding);
    }

    /** The same with blocks up to {@code limit} bytes put into their CIDs. */
    public Layout withInlineLimit(int limit) {
        return new Layout(cidVersion, hash, chunkSize, maxLinks, rawLeaves, limit, sharding);
    }

    /** The same with another rule for shards. */
    public Layout withSharding(Sharding rule) {
        return new Layout(cidVersion, hash, chunkSize, maxLinks, rawLeaves, inlineLimit, rule);
    }
}
