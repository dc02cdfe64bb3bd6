package io.pinfold.ipfs.unixfs;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.dagpb.DagPb;
import io.pinfold.multiformats.dagpb.PbLink;
import io.pinfold.multiformats.dagpb.PbNode;
import io.pinfold.multiformats.unixfs.UnixFsData;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a file from its blocks, in order.
 *
 * <p>A file of more bytes than asked for, of more than {@value #MAX_BLOCKS} blocks, or with more than {@value #MAX_WAITING}
 * links waiting to be followed is refused before it is in memory.
 */
public final class UnixFsFile {

    private static final int MAX_BLOCKS = 10_000;
    private static final int MAX_WAITING = 1 << 17;

    private final int maxBytes;
    private final Deque<Cid> waiting = new ArrayDeque<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();

    private UnixFsFile(Cid root, int maxBytes) {
        this.maxBytes = maxBytes;
        waiting.add(root);
    }

    /**
     * The content of the file at {@code root}, at most {@code maxBytes}.
     *
     * @param blocks gives blocks that are checked against their CIDs
     */
    public static Answer<Bytes> read(Cid root, int maxBytes, Function<Cid, Answer<Bytes>> blocks) {
        return new UnixFsFile(root, maxBytes).read(blocks);
    }

    private Answer<Bytes> read(Function<Cid, Answer<Bytes>> blocks) {
        for (int count = 0; !waiting.isEmpty(); count++) {
            if (count == MAX_BLOCKS) {
                return failed("the file has more than " + MAX_BLOCKS + " blocks");
            }
            Cid cid = waiting.pop();
            switch (blocks.apply(cid)) {
                case Answer.Failed<Bytes> failed -> {
                    return failed;
                }
                case Answer.Got<Bytes>(Bytes block) -> {
                    Optional<BackendFailure> wrong = take(cid, block);
                    if (wrong.isPresent()) {
                        return new Answer.Failed<>(wrong.get());
                    }
                }
            }
        }
        return new Answer.Got<>(Bytes.copyOf(content.toByteArray()));
    }

    private Optional<BackendFailure> take(Cid cid, Bytes block) {
        if (cid.codec() == Multicodec.RAW) {
            return append(block);
        }
        if (cid.codec() != Multicodec.DAG_PB) {
            return wrong(cid + " is not a file: its codec is 0x" + Long.toHexString(cid.codec()));
        }
        return switch (DagPb.decode(block)) {
            case Decoded.Refused<PbNode>(Refusal refusal) -> wrong(cid + " is not DAG-PB: " + refusal.detail());
            case Decoded.Ok<PbNode>(PbNode node) -> take(cid, node);
        };
    }

    private Optional<BackendFailure> take(Cid cid, PbNode node) {
        return switch (UnixFsData.decode(node.data().orElse(Bytes.EMPTY))) {
            case Decoded.Refused<UnixFsData>(Refusal refusal) -> wrong(cid + " is not UnixFS: " + refusal.detail());
            case Decoded.Ok<UnixFsData>(UnixFsData file) -> switch (file.type()) {
                case FILE, RAW -> append(file.data()).or(() -> follow(node.links()));
                case DIRECTORY, HAMT_SHARD -> wrong(cid + " is a folder, not a file");
                case SYMLINK, METADATA -> wrong(cid + " is not a file");
            };
        };
    }

    private Optional<BackendFailure> append(Bytes data) {
        if (content.size() + (long) data.size() > maxBytes) {
            return wrong("more than " + maxBytes + " bytes");
        }
        content.writeBytes(data.toArray());
        return Optional.empty();
    }

    private Optional<BackendFailure> follow(List<PbLink> links) {
        if (waiting.size() + links.size() > MAX_WAITING) {
            return wrong("more than " + MAX_WAITING + " links to follow");
        }
        links.reversed().forEach(link -> waiting.push(link.cid()));
        return Optional.empty();
    }

    private static Optional<BackendFailure> wrong(String detail) {
        return Optional.of(new BackendFailure(Kind.BROKEN_ANSWER, detail));
    }

    private static Answer<Bytes> failed(String detail) {
        return new Answer.Failed<>(new BackendFailure(Kind.BROKEN_ANSWER, detail));
    }
}
