package io.pinfold.follower.adding;

import io.pinfold.chain.core.Replication;
import io.pinfold.follower.tracker.PinNames;
import io.pinfold.follower.view.Accepted;
import io.pinfold.follower.view.AddRequest;
import io.pinfold.follower.view.AddRequest.Goal;
import io.pinfold.follower.view.AddRequest.Layout;
import io.pinfold.follower.view.Added;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.PinInfo;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinOperations;
import io.pinfold.follower.view.PinOptions;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.follower.view.PinType;
import io.pinfold.follower.view.UnpinRequest;
import io.pinfold.follower.view.Upload;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.testing.InMemoryIpfsNode;
import io.pinfold.ipfs.testing.Operation;
import io.pinfold.ipfsnode.unixfs.write.BlockSink;
import io.pinfold.ipfsnode.unixfs.write.FolderWriter;
import io.pinfold.ipfsnode.unixfs.write.Imported;
import io.pinfold.ipfsnode.unixfs.write.Importer;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NodeAddingTest implements PinOperations {

    private static final Cid CLUSTER = Cid.raw(Bytes.fromHex("01"));
    private static final PeerId SELF = PrivateKey.fromSeed(Bytes.copyOf(new byte[32])).peerId();
    private static final PeerId OTHER = PrivateKey.fromSeed(Bytes.fromHex("11".repeat(32))).peerId();
    private static final UnixFsStat STAT = new UnixFsStat(OptionalInt.of(0640), Optional.of(Instant.ofEpochSecond(7)));

    private final InMemoryIpfsNode node = new InMemoryIpfsNode();
    private final List<PinRequest> asked = new ArrayList<>();
    private final List<Added> told = new ArrayList<>();
    private Optional<Failure> refusal = Optional.empty();
    private Optional<Failure.NotAWriter> hindrance = Optional.empty();
    private Replication usual = Replication.EVERYWHERE;

    @Override
    public Answer<Accepted> pin(PinRequest request) {
        asked.add(request);
        Cid cid = ((PinSubject.ByCid) request.subject()).cid();
        assertThat(node.pins()).as("what is kept when the pin is asked for").containsKey(cid);
        PinInfo pin = new PinInfo(cid, PinType.DATA, request.options(), request.options().userAllocations(), -1,
                Optional.empty(), Instant.EPOCH);
        return refusal.<Answer<Accepted>>map(Answer::failed)
                .orElseGet(() -> Answer.done(new Accepted(pin, new Accepted.Operation(SELF, 1, 1))));
    }

    @Override
    public Answer<Accepted> unpin(UnpinRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<PinInfo> get(Cid cid) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Answer<Long> list(Set<PinType> types, Consumer<? super PinInfo> each) {
        throw new UnsupportedOperationException();
    }

    private Answer<List<Cid>> add(AddRequest request, Upload upload) {
        return new NodeAdding(node, new Keeping(node, this, CLUSTER, SELF, usual), () -> hindrance)
                .add(request, upload, told::add);
    }

    private static AddRequest request(Goal goal, boolean wrap) {
        return new AddRequest(goal, Layout.DEFAULT, wrap, false, false, false);
    }

    private static Goal cluster(PinOptions options) {
        return new Goal.Cluster(options, Optional.of("key"));
    }

    private static PinOptions options(List<PeerId> allocations, io.pinfold.follower.view.Replication replication) {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("a", "b");
        return new PinOptions("name", PinMode.RECURSIVE, replication, 5, allocations, Optional.empty(), metadata,
                Optional.of(CLUSTER), List.of());
    }

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Bytes> path(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("/")).stream().map(NodeAddingTest::bytes).toList();
    }

    private static Upload.Entry file(String path, String content) {
        return new Upload.File(path(path), STAT, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static Upload.Entry folder(String path) {
        return new Upload.Folder(path(path), STAT);
    }

    private static Upload upload(Upload.Entry... entries) {
        Deque<Upload.Entry> left = new ArrayDeque<>(List.of(entries));
        return () -> Optional.ofNullable(left.poll());
    }

    private static Cid root(Answer<List<Cid>> answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return ((Answer.Done<List<Cid>>) answer).value().getFirst();
    }

    private static Failure failure(Answer<List<Cid>> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<List<Cid>>) answer).failure();
    }

    /** The same made by hand. */
    private static Cid byHand(io.pinfold.ipfsnode.unixfs.write.Layout layout, boolean wrap, UnixFsStat stat,
            UnixFsStat linkStat) throws Exception {
        try (Importer importer = new Importer(layout, BlockSink.NOWHERE)) {
            FolderWriter outer = importer.folder(stat);
            FolderWriter inner = importer.folder(stat);
            inner.add(bytes("x"),
                    importer.file(new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)), -1, stat));
            outer.add(bytes("inner"), inner.finish());
            outer.add(bytes("empty"), importer.folder(stat).finish());
            outer.add(bytes("y"), importer
                    .file(new ByteArrayInputStream("y".repeat(1000).getBytes(StandardCharsets.UTF_8)), -1, stat));
            outer.add(bytes("link"), importer.symlink(bytes("y"), linkStat));
            Imported root = outer.finish();
            if (wrap) {
                FolderWriter around = importer.folder(UnixFsStat.NONE);
                around.add(bytes("f"), root);
                root = around.finish();
            }
            return root.cid();
        }
    }

    private static Upload tree() {
        return upload(folder("f"), folder("f/inner"), file("f/inner/x", "x"), folder("f/empty"),
                file("f/y", "y".repeat(1000)),
                new Upload.Symlink(path("f/link"), STAT, bytes("y")));
    }

    @Test
    void treeHasTheRootThatTheImporterMakesWithAllOptions() throws Exception {
        var kubo = io.pinfold.ipfsnode.unixfs.write.Layout.UNIXFS_V0_2015;
        Goal goal = cluster(PinOptions.DEFAULT);
        assertThat(root(add(request(goal, false), tree())))
                .isEqualTo(byHand(kubo, false, UnixFsStat.NONE, UnixFsStat.NONE));
        assertThat(root(add(request(goal, true), tree())))
                .isEqualTo(byHand(kubo, true, UnixFsStat.NONE, UnixFsStat.NONE));
        Layout layout = new Layout(1, Multicodec.BLAKE3, 100, true);
        UnixFsStat time = new UnixFsStat(OptionalInt.empty(), STAT.mtime());
        assertThat(root(add(new AddRequest(goal, layout, true, true, true, false), tree())))
                .isEqualTo(byHand(
                        kubo.withCidVersion(1).withHash(Multicodec.BLAKE3).withChunkSize(100).withRawLeaves(true), true,
                        STAT, time));
    }

    @Test
    void recordsComeInsideOutAndTheRootLastWithItsHolders() {
        Goal goal = cluster(options(List.of(), io.pinfold.follower.view.Replication.between(1, 2)));
        Cid root = root(add(request(goal, true), upload(file("a/b/c", "1"), file("a/d", "2"), file("e", "3"))));
        assertThat(told.stream().map(added -> ((Added.Entry) added).name())).containsExactly("a/b/c", "a/b", "a/d", "a",
                "e", "");
        assertThat(told.getLast())
                .isEqualTo(new Added.Entry("", root, ((Added.Entry) told.getLast()).size(), List.of(SELF)));
    }

    @Test
    void fileWithoutANameIsCalledAsItsCid() {
        Cid root = root(add(request(cluster(PinOptions.DEFAULT), false), upload(file("", "text"))));
        assertThat(((Added.Entry) told.getLast()).name()).isEqualTo(root.toString());
        told.clear();
        root(add(request(cluster(PinOptions.DEFAULT), true), upload(file("", "text"))));
        assertThat(((Added.Entry) told.getFirst()).name()).isEqualTo(root.toString());
    }

    @Test
    void pinIsAskedForWithAllOptionsAndThisPeerHolds() {
        usual = Replication.of(2, 3);
        PinOptions wished = options(List.of(), io.pinfold.follower.view.Replication.DEFAULT);
        Cid root = root(add(request(cluster(wished), false), upload(file("a", "1"))));
        PinRequest pin = asked.getFirst();
        assertThat(pin.idempotencyKey()).contains("key");
        assertThat(pin.options().name()).isEqualTo("name");
        assertThat(pin.options().metadata()).isEqualTo(wished.metadata());
        assertThat(pin.options().userAllocations()).containsExactly(SELF);
        assertThat(pin.options().pinUpdate()).isEmpty();
        assertThat(node.pins().get(root))
                .isEqualTo(new StatusOutcome.Pinned(PinDepth.Kind.RECURSIVE, PinNames.of(CLUSTER, "name")));
    }

    @Test
    void holdersThatTheUserNamesAreLeftAndTheCopyHereStaysUntouched() {
        PinOptions wished = options(List.of(OTHER), io.pinfold.follower.view.Replication.between(1, 1));
        Cid root = root(add(request(cluster(wished), false), upload(file("a", "1"))));
        assertThat(asked.getFirst().options().userAllocations()).containsExactly(OTHER);
        assertThat(Objects.requireNonNull(node.pins().get(root)).name()).startsWith(Keeping.OWN)
                .doesNotStartWith(PinNames.mark(CLUSTER));
    }

    @Test
    void pinEverywhereNamesNobody() {
        root(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1"))));
        assertThat(asked.getFirst().options().userAllocations()).isEmpty();
    }

    @Test
    void refusedPinLeavesNothingPinned() {
        refusal = Optional.of(new Failure.Busy("intake", 5));
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1")))))
                .isEqualTo(refusal.get());
        assertThat(node.pins()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void refusedPinOfWhatWasPinnedBeforeLeavesThat() {
        root(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1"))));
        refusal = Optional.of(new Failure.Busy("intake", 5));
        failure(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a", "1"))));
        assertThat(node.pins()).hasSize(1);
    }

    @Test
    void goalsBesideTheClusterAskForNoPin() {
        Cid kept = root(add(request(new Goal.Node("mine"), false), upload(file("a", "1"))));
        assertThat(node.pins()).containsOnlyKeys(kept);
        assertThat(Objects.requireNonNull(node.pins().get(kept)).name()).isEqualTo("mine");
        Cid loose = root(add(request(new Goal.Nothing(), false), upload(file("a", "2"), file("b", "3"))));
        assertThat(node.pins()).doesNotContainKey(loose);
        assertThat(asked).isEmpty();
        hindrance = Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.KEY_NOT_TRUSTED));
        root(add(request(new Goal.Node("mine"), false), upload(file("a", "4"), file("a", "5"))));
        assertThat(node.pins()).hasSize(3);
    }

    @Test
    void peerThatMayNotPinTakesNothing() {
        hindrance = Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.KEY_NOT_TRUSTED));
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), () -> {
            throw new AssertionError("it was read");
        }))).isEqualTo(hindrance.get());
        assertThat(node.calls()).isEmpty();
    }

    @Test
    void severalRootsAreRefusedForTheClusterBeforeTheSecondIsRead() {
        InputStream unread = InputStream.nullInputStream();
        Upload upload = upload(file("a", "1"), new Upload.File(path("b"), STAT, unread));
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), upload)).sentence())
                .contains("wrap-with-directory=true");
        assertThat(failure(add(request(cluster(PinOptions.DEFAULT), false), upload(file("a/b", "1"), file("b/c", "2"))))
                .sentence()).contains("side by side");
        assertThat(node.pins()).isEmpty();
    }

    @Test
    void whatCannotBeAFolderIsRefused() {
        Goal goal = cluster(PinOptions.DEFAULT);
        assertThat(failure(add(request(goal, true), upload(file("a", "1"), file("a", "2")))).sentence())
                .contains("two entries");
        assertThat(failure(add(request(goal, true), upload(file("a/b", "1"), file("c", "2"), file("a/d", "3"))))
                .sentence())
                .contains("two entries called a");
        assertThat(failure(add(request(goal, false), Upload.EMPTY)).sentence()).contains("no files");
        assertThat(failure(add(request(goal, true), upload(folder("")))).sentence()).contains("without a name");
        assertThat(failure(add(request(goal, true), upload(file("../x", "1")))).sentence()).contains("'..'");
        assertThat(failure(add(new AddRequest(goal, new Layout(1, 0x55555, 100, true), false, false, false, false),
                upload(file("a", "1"))))).isInstanceOf(Failure.Invalid.class);
        assertThat(node.pins()).isEmpty();
    }

    @Test
    void failuresOfNodeAndUploadLeaveNoPin() {
        Goal goal = cluster(PinOptions.DEFAULT);
        node.faults().fail(Operation.CONTENT, Kind.FULL);
        assertThat(failure(add(request(goal, false), upload(file("a", "1"))))).isInstanceOf(Failure.NotStored.class);
        node.faults().fail(Operation.CONTENT, Kind.UNREACHABLE);
        assertThat(failure(add(request(goal, false), upload(file("a", "1"))))).isInstanceOf(Failure.BackendAway.class);
        node.faults().clear();
        Upload broken = () -> {
            throw new IOException("gone");
        };
        assertThat(failure(add(request(goal, false), broken)).sentence()).contains("gone");
        assertThatThrownBy(() -> new NodeAdding(node, new Keeping(node, this, CLUSTER, SELF, usual), () -> hindrance)
                .add(request(goal, true), upload(file("a", "1")), _ -> {
                    throw new IllegalStateException("nobody listens");
                })).hasMessage("nobody listens");
        assertThat(node.pins()).isEmpty();
        assertThat(node.calls().stream().filter("end of import"::equals)).as("imports that were begun").hasSize(2);
    }

    /** Each upload begins another while it is under way. */
    @Test
    void uploadsAtOnceAreBounded() {
        NodeAdding adding = new NodeAdding(node, new Keeping(node, this, CLUSTER, SELF, usual), () -> hindrance);
        AddRequest request = request(new Goal.Node("mine"), true);
        List<Answer<List<Cid>>> answers = new ArrayList<>();
        nested(adding, request, answers, NodeAdding.MAX_UPLOADS + 1);
        assertThat(failure(answers.getFirst())).isInstanceOf(Failure.Busy.class);
        assertThat(answers.subList(1, answers.size())).hasSize(NodeAdding.MAX_UPLOADS).allSatisfy(NodeAddingTest::root);
        assertThat(adding.hindrance(request)).isEmpty();
    }

    private static void nested(NodeAdding adding, AddRequest request, List<Answer<List<Cid>>> answers, int depth) {
        Deque<Upload.Entry> left = new ArrayDeque<>(List.of(file("a", "1")));
        answers.add(adding.add(request, () -> {
            if (left.size() == 1 && depth > 1) {
                nested(adding, request, answers, depth - 1);
            }
            return Optional.ofNullable(left.poll());
        }, _ -> {}));
    }

    @Test
    void progressIsToldInSteps() {
        AddRequest request = new AddRequest(cluster(PinOptions.DEFAULT), Layout.DEFAULT, false, false, false, true);
        root(add(request, upload(file("a", "x".repeat(3_000_000)))));
        List<Long> steps = told.stream()
                .filter(Added.Progress.class::isInstance)
                .map(it -> ((Added.Progress) it).bytes())
                .toList();
        assertThat(steps).hasSize(3).isSorted().endsWith(3_000_000L);
    }
}
