package io.pinfold.follower.adding;

import io.pinfold.chain.core.Replication;
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
import io.pinfold.ipfs.testing.InMemoryIpfsNode;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.key.PrivateKey;
import io.pinfold.multiformats.unixfs.UnixFsStat;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** A node in memory, a peer that takes down what it is asked to pin, and uploads to be added. */
abstract class NodeAddingFixture implements PinOperations {

    static final Cid CLUSTER = Cid.raw(Bytes.fromHex("01"));
    static final PeerId SELF = PrivateKey.fromSeed(Bytes.copyOf(new byte[32])).peerId();
    static final PeerId OTHER = PrivateKey.fromSeed(Bytes.fromHex("11".repeat(32))).peerId();
    static final UnixFsStat STAT = new UnixFsStat(OptionalInt.of(0640), Optional.of(Instant.ofEpochSecond(7)));

    final InMemoryIpfsNode node = new InMemoryIpfsNode();
    final List<PinRequest> asked = new ArrayList<>();
    final List<Added> told = new ArrayList<>();
    Optional<Failure> refusal = Optional.empty();
    Optional<Failure.NotAWriter> hindrance = Optional.empty();
    Replication usual = Replication.EVERYWHERE;

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

    Answer<List<Cid>> add(AddRequest request, Upload upload) {
        return new NodeAdding(node, new Keeping(node, this, CLUSTER, SELF, usual), () -> hindrance)
                .add(request, upload, told::add);
    }

    static AddRequest request(Goal goal, boolean wrap) {
        return new AddRequest(goal, Layout.DEFAULT, wrap, false, false, false);
    }

    static Goal cluster(PinOptions options) {
        return new Goal.Cluster(options, Optional.of("key"));
    }

    static PinOptions options(List<PeerId> allocations, io.pinfold.follower.view.Replication replication) {
        SortedMap<String, String> metadata = new TreeMap<>();
        metadata.put("a", "b");
        return new PinOptions("name", PinMode.RECURSIVE, replication, 5, allocations, Optional.empty(), metadata,
                Optional.of(CLUSTER), List.of());
    }

    static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    static List<Bytes> path(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("/")).stream().map(NodeAddingFixture::bytes).toList();
    }

    static Upload.Entry file(String path, String content) {
        return new Upload.File(path(path), STAT, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    static Upload.Entry folder(String path) {
        return new Upload.Folder(path(path), STAT);
    }

    static Upload upload(Upload.Entry... entries) {
        Deque<Upload.Entry> left = new ArrayDeque<>(List.of(entries));
        return () -> Optional.ofNullable(left.poll());
    }

    static Cid root(Answer<List<Cid>> answer) {
        assertThat(answer).isInstanceOf(Answer.Done.class);
        return ((Answer.Done<List<Cid>>) answer).value().getFirst();
    }

    static Failure failure(Answer<List<Cid>> answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed<List<Cid>>) answer).failure();
    }
}
