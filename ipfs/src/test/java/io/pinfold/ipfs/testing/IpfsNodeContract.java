package io.pinfold.ipfs.testing;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.BlockImport;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.VersionCheck;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** What every whole node must do. */
public abstract class IpfsNodeContract extends PinTargetContract {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final SplittableRandom random = new SplittableRandom();

    /** A node; it may hold content of other tests. */
    protected abstract IpfsNode node();

    @Override
    protected final IpfsNode target() {
        return node();
    }

    @Override
    protected Cid content() {
        Bytes data = data(100);
        Cid cid = Cid.raw(data);
        assertThat(node().putBlocks(List.of(new Block(cid, data)))).isEqualTo(new Answer.Got<>(1));
        return cid;
    }

    /** Random bytes. */
    protected final Bytes data(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    @Test
    void blocksOfAllKindsAreStoredAndFetched() {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < 450; i++) {
            Bytes data = data(1 + i);
            blocks.add(new Block(Cid.raw(data), data));
        }
        Bytes cbor = Bytes.fromHex("a161611903e7");
        blocks.add(new Block(Cid.dagCbor(cbor), cbor));
        for (long hash : new long[]{Multicodec.SHA2_512, Multicodec.BLAKE2B_256, Multicodec.BLAKE3}) {
            Bytes data = data(50);
            blocks.add(new Block(Cid.v1(Multicodec.RAW, Multihash.of(hash, data)), data));
        }
        assertThat(node().putBlocks(blocks)).isEqualTo(new Answer.Got<>(blocks.size()));
        for (Block block : blocks.subList(440, blocks.size())) {
            assertThat(node().block(block.cid(), 1000, PATIENCE, true)).isEqualTo(new Answer.Got<>(block.data()));
        }
        assertThat(node().putBlocks(List.of())).isEqualTo(new Answer.Got<>(0));
    }

    @Test
    void storedBlocksAreNotPinned() {
        assertThat(node().status(content())).isEqualTo(new StatusOutcome.NotPinned());
    }

    @Test
    void blockThatIsNotWhatItsCidSaysIsNotStored() {
        Answer<Integer> answer = node().putBlocks(List.of(new Block(missing(), data(10))));
        assertThat(kind(answer)).isEqualTo(Kind.BROKEN_ANSWER);
    }

    @Test
    void missingBlocksAreTold() {
        assertThat(kind(node().block(missing(), 1000, PATIENCE, true))).isEqualTo(Kind.NOT_FOUND);
        assertThat(kind(node().block(missing(), 1000, SHORT, false))).isEqualTo(Kind.TIMEOUT);
    }

    @Test
    void tooBigABlockIsNotTaken() {
        Cid cid = content();
        assertThat(node().block(cid, 100, PATIENCE, true)).isInstanceOf(Answer.Got.class);
        assertThat(kind(node().block(cid, 99, PATIENCE, true))).isEqualTo(Kind.BROKEN_ANSWER);
    }

    @Test
    void addedFileIsPinnedUnderItsNameAndRead() {
        Bytes file = data(1000);
        Cid cid = got(node().add(new ByteArrayInputStream(file.toArray()), MARK + "file"));
        assertThat(cid).isEqualTo(Cid.raw(file));
        assertThat(node().status(cid)).isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, MARK + "file"));
        assertThat(node().cat("/ipfs/" + cid, 1000, PATIENCE)).isEqualTo(new Answer.Got<>(file));
        assertThat(kind(node().cat("/ipfs/" + cid, 999, PATIENCE))).isEqualTo(Kind.BROKEN_ANSWER);
    }

    @Test
    void addingWhatTheOwnerPinnedLeavesTheirName() {
        Bytes file = data(1000);
        Cid cid = Cid.raw(file);
        node().putBlocks(List.of(new Block(cid, file)));
        pinByHand(cid, PinDepth.Kind.RECURSIVE, "mine");
        assertThat(node().add(new ByteArrayInputStream(file.toArray()), MARK + "file"))
                .isEqualTo(new Answer.Got<>(cid));
        assertThat(node().status(cid)).isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, "mine"));
    }

    @Test
    void importedGraphIsPinnedFromItsRoot() {
        Bytes text = data(700_000);
        Block leaf = new Block(Cid.raw(text), text);
        Block root = cborLinkTo(leaf.cid());
        try (BlockImport open = got(node().beginImport())) {
            assertThat(open.put(List.of(leaf))).isEqualTo(new Answer.Got<>(1));
            assertThat(open.put(List.of(root, leaf))).isEqualTo(new Answer.Got<>(2));
            assertThat(open.keep(root.cid(), MARK + "graph")).isEqualTo(new Answer.Got<>(root.cid()));
        }
        assertThat(node().status(root.cid()))
                .isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, MARK + "graph"));
        assertThat(node().status(leaf.cid())).isNotInstanceOf(StatusOutcome.Pinned.class);
        assertThat(node().block(leaf.cid(), 1_000_000, PATIENCE, true)).isEqualTo(new Answer.Got<>(text));
    }

    @Test
    void importThatIsNotKeptLeavesNoPin() {
        Bytes text = data(1000);
        Block block = new Block(Cid.raw(text), text);
        try (BlockImport open = got(node().beginImport())) {
            assertThat(open.put(List.of(block))).isEqualTo(new Answer.Got<>(1));
            assertThat(open.put(List.of())).isEqualTo(new Answer.Got<>(0));
        }
        assertThat(node().status(block.cid())).isEqualTo(new StatusOutcome.NotPinned());
    }

    @Test
    void importOfWhatTheOwnerPinnedLeavesTheirName() {
        Cid cid = content();
        pinByHand(cid, PinDepth.Kind.RECURSIVE, "mine");
        try (BlockImport open = got(node().beginImport())) {
            assertThat(open.keep(cid, MARK + "again")).isEqualTo(new Answer.Got<>(cid));
        }
        assertThat(node().status(cid)).isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, "mine"));
    }

    /** A CBOR list of one link. */
    protected static Block cborLinkTo(Cid cid) {
        byte[] link = cid.toBytes().toArray();
        Bytes data = Bytes.fromHex("81d82a58" + HexFormat.of().toHexDigits((byte) (link.length + 1)) + "00")
                .concat(Bytes.copyOf(link));
        return new Block(Cid.dagCbor(data), data);
    }

    @Test
    void publishedNameResolvesToTheNewestTarget() {
        Cid first = content();
        Cid second = content();
        String name = got(node().publishName("contract", first, Duration.ofHours(1)));
        assertThat(name).startsWith("k51");
        assertThat(node().resolve("/ipns/" + name, PATIENCE)).isEqualTo(new Answer.Got<>(first));
        assertThat(node().publishName("contract", second, Duration.ofHours(1))).isEqualTo(new Answer.Got<>(name));
        assertThat(node().resolve("/ipns/" + name, PATIENCE)).isEqualTo(new Answer.Got<>(second));
        assertThat(node().resolve("/ipfs/" + second, PATIENCE)).isEqualTo(new Answer.Got<>(second));
    }

    @Test
    void nameOfAFileIsRead() {
        Cid cid = got(node().add(new ByteArrayInputStream("hello".getBytes(UTF_8)), MARK + "hello"));
        String name = got(node().publishName("file", cid, Duration.ofHours(1)));
        assertThat(node().cat("/ipns/" + name, 5, PATIENCE))
                .isEqualTo(new Answer.Got<>(Bytes.copyOf("hello".getBytes(UTF_8))));
    }

    @Test
    void unknownNameIsNotFound() {
        String never = "k51qzi5uqu5dlvj2baxnqndepeb86cbk3ng7n3i46uzyxzyqj2xjonzllnv0v8";
        assertThat(kind(node().resolve("/ipns/" + never, SHORT))).isIn(Kind.NOT_FOUND, Kind.TIMEOUT);
    }

    @Test
    void nodeTellsWhoItIsAndWhatItHolds() {
        IpfsNode.NodeIdentity identity = got(node().identity());
        assertThat(identity.addresses()).isNotEmpty()
                .allSatisfy(address -> assertThat(address.peerId()).contains(identity.id()));
        assertThat(VersionCheck.of(identity.version())).isEqualTo(new VersionCheck.Recommended());
        IpfsNode.RepositorySize size = got(node().repositorySize());
        assertThat(size.maximum()).isGreaterThan(size.used());
    }

    @Test
    void addressesThatLeadNowhereAreFailures() {
        assertThat(kind(node().connect(Multiaddr.parse("/ip4/127.0.0.1/tcp/1").orElseThrow(), PATIENCE)))
                .isEqualTo(Kind.REFUSED);
        Multiaddr nobody = Multiaddr
                .parse("/ip4/127.0.0.1/tcp/1/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN")
                .orElseThrow();
        assertThat(kind(node().connect(nobody, PATIENCE))).isEqualTo(Kind.REFUSED);
    }

    /** The value; fails if there is none. */
    protected static <T> T got(Answer<T> answer) {
        return switch (answer) {
            case Answer.Got<T>(T value) -> value;
            case Answer.Failed<T>(var failure) -> throw new AssertionError(failure);
        };
    }

    /** The kind of failure; fails if there is none. */
    protected static Kind kind(Answer<?> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<?>) answer).failure().kind();
    }
}
