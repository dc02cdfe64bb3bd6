package io.pinfold.ipfs;

import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;

/**
 * A whole IPFS node: beside pins it has blocks, files, names and neighbours.
 *
 * <p>Same rules for threads and failures as {@link PinTarget}. What is fetched by CID is checked against it here.
 */
public interface IpfsNode extends PinTarget {

    /** Who the node is, where it listens, and its version. */
    Answer<NodeIdentity> identity();

    /** How much the node stores and may store, in bytes. */
    Answer<RepositorySize> repositorySize();

    /** Stores blocks without pinning them, many in one request; every CID is checked against what the node computed. */
    Answer<Integer> putBlocks(List<Block> blocks);

    /** Fetches one block of at most {@code maxBytes}, from the network if {@code offline} is false. */
    Answer<Bytes> block(Cid cid, int maxBytes, Duration timeout, boolean offline);

    /** Begins to put a graph of blocks in, which is to be pinned in the end; the caller closes it. */
    Answer<BlockImport> beginImport();

    /** Adds a file as UnixFS (CIDv1, raw leaves), pinned under {@code name}, and gives its root. */
    Answer<Cid> add(InputStream content, String name);

    /** Reads a UnixFS file of at most {@code maxBytes}. */
    Answer<Bytes> cat(String path, int maxBytes, Duration timeout);

    /** Resolves {@code /ipfs/…} or {@code /ipns/…} down to a CID. */
    Answer<Cid> resolve(String path, Duration timeout);

    /** Publishes {@code target} under the named key, made if it does not exist, and gives the name ({@code k51…}). */
    Answer<String> publishName(String keyName, Cid target, Duration lifetime);

    /** Connects to another node. */
    Answer<PeerId> connect(Multiaddr address, Duration timeout);

    /** Who a node is. */
    record NodeIdentity(PeerId id, List<Multiaddr> addresses, String version) {

        public NodeIdentity {
            addresses = List.copyOf(addresses);
        }
    }

    /** Bytes in use, and the most that the node's owner allows. */
    record RepositorySize(long used, long maximum) {}
}
