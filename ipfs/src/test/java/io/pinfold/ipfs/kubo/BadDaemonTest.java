package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.BackendFailure.Kind;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.ipfs.ListOutcome;
import io.pinfold.ipfs.PinDepth;
import io.pinfold.ipfs.PinOutcome;
import io.pinfold.ipfs.StatusOutcome;
import io.pinfold.ipfs.UnpinOutcome;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a daemon may do wrong, byte by byte, and what callers get then. */
@Timeout(30)
class BadDaemonTest {

    private static final Cid CID = Fixture.cid("hello");
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final ScriptedServer server = new ScriptedServer((request, wire) -> wire.error(500, "no script"));
    private final KuboIpfsNode node = Fixture.node(server.address(), IpfsConfig.DEFAULT);
    private final KuboIpfsNode impatient = Fixture.node(server.address(), Fixture.QUICK);

    @AfterEach
    void close() throws IOException {
        node.close();
        impatient.close();
        server.close();
    }

    @Test
    void errorInTheTrailerOfAListingMakesItIncomplete() {
        server.script((request, wire) -> {
            wire.begin();
            wire.chunks(root(Fixture.cid("a")), root(Fixture.cid("b")));
            wire.end("context canceled");
        });
        List<Cid> seen = new ArrayList<>();
        ListOutcome outcome = node.list(PinDepth.Kind.RECURSIVE, seen::add);
        assertThat(outcome)
                .isEqualTo(new ListOutcome.Incomplete(2, new BackendFailure(Kind.REFUSED, "Kubo: context canceled")));
        assertThat(seen).containsExactly(Fixture.cid("a"), Fixture.cid("b"));
    }

    @Test
    void wholeListingIsComplete() {
        server.script((request, wire) -> wire.ok(root(Fixture.cid("a")), root(Fixture.cid("b"))));
        assertThat(node.list(PinDepth.Kind.RECURSIVE, cid -> {})).isEqualTo(new ListOutcome.Complete(2));
        assertThat(server.requests().getFirst().target())
                .isEqualTo("/api/v0/pin/ls?type=recursive&stream=true&names=false&timeout=21600000ms");
    }

    @Test
    void listingCutOffWithinAChunkIsIncomplete() {
        server.script((request, wire) -> {
            wire.begin();
            wire.chunks(root(Fixture.cid("a")));
            wire.raw("50\r\n{\"Cid\":\"bafk");
            wire.cut();
        });
        assertIncomplete(1, Kind.BROKEN_ANSWER, "broken");
    }

    @Test
    void listingCutOffBetweenChunksIsIncomplete() {
        server.script((request, wire) -> {
            wire.begin();
            wire.chunks(root(Fixture.cid("a")));
            wire.cut();
        });
        assertIncomplete(1, Kind.BROKEN_ANSWER, "broken");
    }

    @Test
    void listingWithoutATrailerProvesNothing() {
        server.script((request, wire) -> wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
        assertIncomplete(0, Kind.BROKEN_ANSWER, "proxy");
    }

    @Test
    void listingOfOtherPinsThanAskedForIsBroken() {
        server.script((request, wire) -> wire.ok("{\"Cid\":\"" + CID + "\",\"Type\":\"indirect\"}"));
        assertIncomplete(0, Kind.BROKEN_ANSWER, "not recursive");
    }

    @Test
    void garbageInAListingIsBroken() {
        for (String garbage : List.of("{\"Cid\":\"nonsense\",\"Type\":\"recursive\"}", "{}", "[1]",
                "{\"Cid\":1,\"Type\":\"recursive\"}",
                "<html>", "{\"Cid\":\"" + CID + "\",\"Type\":\"recursive\"", "\u0000\u0001", "{\"a\":1}{\"b\":2}",
                "[".repeat(50_000))) {
            server.script((request, wire) -> wire.ok(root(Fixture.cid("a")), garbage));
            assertIncomplete(1, Kind.BROKEN_ANSWER, "broken");
        }
    }

    @Test
    void hugeLineIsRefusedBeforeItIsInMemory() {
        server.script((request, wire) -> {
            wire.begin();
            String part = "x".repeat(1 << 20);
            for (int i = 0; i < 4096; i++) {
                wire.raw("100000\r\n" + part + "\r\n");
            }
            wire.end("");
        });
        assertIncomplete(0, Kind.BROKEN_ANSWER, "a line of more than 65536 bytes");
    }

    @Test
    void silentListingEnds() throws Exception {
        server.script((request, wire) -> {
            wire.begin();
            wire.chunks(root(Fixture.cid("a")));
            wire.hang();
        });
        assertIncomplete(impatient, 1, Kind.TIMEOUT, "did not get on");
        assertThat(server.awaitHangUp()).isTrue();
    }

    @Test
    void exceptionOfTheConsumerReachesTheCaller() {
        server.script((request, wire) -> wire.ok(root(Fixture.cid("a"))));
        assertThatThrownBy(() -> node.list(PinDepth.Kind.RECURSIVE, cid -> {
            throw new IllegalStateException("consumer");
        })).hasMessage("consumer");
        server.script((request, wire) -> wire.ok());
        assertThat(node.list(PinDepth.Kind.RECURSIVE, cid -> {})).isEqualTo(new ListOutcome.Complete(0));
    }

    @Test
    void pinErrorInTheTrailerIsAFailure() {
        server.script(notPinnedThen(wire -> {
            wire.begin();
            wire.chunks("{}", "{\"Progress\":1,\"Bytes\":10}");
            wire.end("write /data/blocks/x: no space left on device");
        }));
        List<String> progress = new ArrayList<>();
        PinOutcome outcome = node.pin(Fixture.request(CID), (blocks, bytes) -> progress.add(blocks + "/" + bytes));
        assertThat(outcome).isEqualTo(new PinOutcome.Failed(
                new BackendFailure(Kind.FULL, "Kubo: write /data/blocks/x: no space left on device")));
        assertThat(progress).containsExactly("1/10");
    }

    @Test
    void pinIsDoneOnlyIfTheAnswerSaysSo() {
        server.script(notPinnedThen(wire -> wire.ok("{\"Progress\":5}")));
        assertPinFails(Kind.BROKEN_ANSWER, "without saying that it is pinned");
        server.script(notPinnedThen(wire -> wire.ok("{\"Pins\":[\"" + Fixture.cid("other") + "\"]}")));
        assertPinFails(Kind.BROKEN_ANSWER, "without saying that it is pinned");
        server.script(notPinnedThen(wire -> wire.ok("{\"Pins\":[\"" + CID + "\"]}")));
        assertThat(node.pin(Fixture.request(CID), (blocks, bytes) -> {})).isEqualTo(new PinOutcome.Pinned());
        assertThat(server.requests().getLast().target()).isEqualTo("/api/v0/pin/add?arg=" + CID
                + "&recursive=true&progress=true&name=pinfold%2Fcluster%2Fname&timeout=86400000ms");
    }

    @Test
    void pinCutOffIsAFailure() {
        server.script(notPinnedThen(wire -> {
            wire.begin();
            wire.chunks("{\"Progress\":1}");
            wire.cut();
        }));
        assertPinFails(Kind.BROKEN_ANSWER, "broken");
    }

    @Test
    void heartbeatsWithoutBlocksAreAStall() throws Exception {
        server.script(notPinnedThen(wire -> {
            wire.begin();
            wire.chunks("{}", "{\"Progress\":1}", "{\"Progress\":1}", "{\"Progress\":1}");
            wire.hang();
        }));
        assertPinFails(SHORT, Kind.STALLED, "did not get on");
        assertThat(server.awaitHangUp()).isTrue();
    }

    @Test
    void growingPinIsAlive() {
        server.script(notPinnedThen(wire -> {
            wire.begin();
            for (int i = 1; i <= 10; i++) {
                java.util.concurrent.locks.LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                wire.chunks("{\"Progress\":1,\"Bytes\":" + i + "}");
            }
            wire.chunks("{\"Pins\":[\"" + CID + "\"]}");
            wire.end("");
        }));
        assertThat(node.pin(Fixture.request(CID, Duration.ofMillis(1500)), (blocks, bytes) -> {}))
                .isEqualTo(new PinOutcome.Pinned());
    }

    @Test
    void pinnedRootIsNeverAddedAgain() {
        server.script(
                (request, wire) -> wire.ok("{\"Keys\":{\"" + CID + "\":{\"Type\":\"recursive\",\"Name\":\"mine\"}}}"));
        assertThat(node.pin(Fixture.request(CID), (blocks, bytes) -> {})).isEqualTo(new PinOutcome.AlreadyPinned());
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void rootThatMayBePinnedIsNotAdded() {
        server.script((request, wire) -> wire.error(500, "leveldb: closed"));
        assertPinFails(Kind.REFUSED, "leveldb: closed");
        assertThat(server.requests()).allMatch(request -> request.is("pin/ls"));
    }

    @Test
    void answerAboutAnotherRootIsBroken() {
        server.script(
                (request, wire) -> wire.ok("{\"Keys\":{\"" + Fixture.cid("other") + "\":{\"Type\":\"recursive\"}}}"));
        assertThat(node.status(CID)).isInstanceOfSatisfying(StatusOutcome.Failed.class,
                failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.BROKEN_ANSWER));
    }

    @Test
    void pinWithoutOurMarkIsNotRemoved() {
        for (String name : List.of("", "mine", "pinfold/other/x", "pinfold/cluster", "x pinfold/cluster/")) {
            server.script((request, wire) -> wire
                    .ok("{\"Keys\":{\"" + CID + "\":{\"Type\":\"recursive\",\"Name\":\"" + name + "\"}}}"));
            assertThat(node.unpin(CID, Fixture.MARK)).isEqualTo(new UnpinOutcome.NotOurs(name));
        }
        assertThat(server.requests()).noneMatch(request -> request.is("pin/rm"));
    }

    @Test
    void unpinOfWhatVanishedMeanwhileIsDone() {
        server.script((request, wire) -> {
            if (request.is("pin/rm")) {
                wire.error(500, "not pinned or pinned indirectly");
            } else {
                wire.ok("{\"Keys\":{\"" + CID + "\":{\"Type\":\"recursive\",\"Name\":\"" + Fixture.MARK + "x\"}}}");
            }
        });
        assertThat(node.unpin(CID, Fixture.MARK)).isEqualTo(new UnpinOutcome.NotPinned());
    }

    @Test
    void hangingDaemonIsATimeout() throws Exception {
        server.script((request, wire) -> wire.hang());
        assertThat(impatient.identity()).isInstanceOfSatisfying(Answer.Failed.class,
                failed -> assertThat(failed.failure().kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(server.awaitHangUp()).isTrue();
    }

    @Test
    void blockIsHashedAndBounded() {
        Bytes hello = Fixture.bytes("hello");
        server.script((request, wire) -> wire.raw("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"));
        assertThat(node.block(CID, 5, LONG, true)).isEqualTo(new Answer.Got<>(hello));
        assertFails(node.block(CID, 4, LONG, true), Kind.BROKEN_ANSWER, "more than 4 bytes");
        assertFails(node.block(Fixture.cid("other"), 5, LONG, true), Kind.BROKEN_ANSWER, "not those of");
        assertThat(node.block(Cid.v1(Multicodec.RAW, Multihash.identity(hello)), 5, LONG, true))
                .isEqualTo(new Answer.Got<>(hello));
    }

    @Test
    void endlessBlockIsNotRead() {
        server.script((request, wire) -> {
            wire.begin();
            while (true) {
                wire.chunks("x".repeat(100_000));
            }
        });
        assertFails(node.block(CID, 1 << 20, LONG, false), Kind.BROKEN_ANSWER,
                "more than 1048576 bytes");
    }

    @Test
    void storedBlockWithAnotherCidIsAFailure() {
        List<Block> blocks = List.of(new Block(CID, Fixture.bytes("hello")));
        server.script((request, wire) -> wire.ok("{\"Key\":\"" + Fixture.cid("other") + "\",\"Size\":5}"));
        assertFails(node.putBlocks(blocks), Kind.BROKEN_ANSWER, "was stored as");
        server.script((request, wire) -> wire.ok());
        assertFails(node.putBlocks(blocks), Kind.BROKEN_ANSWER, "all of 1 blocks");
        server.script((request, wire) -> wire.ok("{\"Key\":\"" + CID + "\"}", "{\"Key\":\"" + CID + "\"}"));
        assertFails(node.putBlocks(blocks), Kind.BROKEN_ANSWER, "more blocks");
        server.script((request, wire) -> wire.ok("{\"Key\":\"" + CID + "\",\"Size\":5}"));
        assertThat(node.putBlocks(blocks)).isEqualTo(new Answer.Got<>(1));
        ScriptedServer.Request request = server.requests().getLast();
        assertThat(request.target())
                .isEqualTo("/api/v0/block/put?cid-codec=0x55&mhtype=sha2-256&pin=false&timeout=30000ms");
        assertThat(request.body()).contains("name=\"file\"; filename=\"block\"")
                .contains("\r\n\r\nhello\r\n--pinfold-");
    }

    @Test
    void tooBigBlockIsNotSent() {
        Bytes big = Bytes.copyOf(new byte[(2 << 20) + 1]);
        assertFails(node.putBlocks(List.of(new Block(Cid.raw(big), big))), Kind.REFUSED, "at most 2097152");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void contentThatCannotBeReadIsNotTheDaemonsFault() {
        server.script((request, wire) -> wire.hang());
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("disk error");
            }
        };
        assertFails(node.add(broken, "name"), Kind.REFUSED, "the content cannot be read: disk error");
    }

    @Test
    void statusesOfHttpAreTold() {
        assertStatus(401, "", Kind.UNAUTHORIZED);
        assertStatus(403, "", Kind.UNAUTHORIZED);
        assertStatus(404, "404 page not found", Kind.REFUSED);
        assertStatus(502, "bad gateway", Kind.UNREACHABLE);
        assertStatus(500, "context deadline exceeded", Kind.TIMEOUT);
        assertStatus(500, "block was not found locally (offline): ipld: could not find x", Kind.NOT_FOUND);
        assertStatus(500, "x".repeat(60_000), Kind.REFUSED);
        server.script((request, wire) -> wire.error(500, "x".repeat(1 << 20)));
        assertFails(node.repositorySize(), Kind.BROKEN_ANSWER, "HTTP status 500");
        assertStatus(302, "elsewhere", Kind.REFUSED);
    }

    @Test
    void compressedAnswersAreNotUnpacked() {
        server.script((request, wire) -> wire
                .raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello"));
        assertThat(node.block(CID, 5, LONG, true)).isEqualTo(new Answer.Got<>(Fixture.bytes("hello")));
        assertThat(server.requests().getFirst().header("Accept-Encoding")).isEmpty();
    }

    @Test
    void hugeHeadersAreRefused() {
        server.script((request, wire) -> wire.raw("HTTP/1.1 200 OK\r\nA: " + "x".repeat(200_000) + "\r\n\r\n"));
        assertFails(node.repositorySize(), Kind.UNREACHABLE, "line length");
        server.script((request, wire) -> wire.raw("HTTP/1.1 200 OK\r\n" + "A: x\r\n".repeat(1000) + "\r\n"));
        assertFails(node.repositorySize(), Kind.UNREACHABLE, "header count");
    }

    @Test
    void credentialsAreSentAndNotPrinted() {
        var address = new io.pinfold.ipfs.BackendAddress.Kubo(false, "127.0.0.1", server.address().port(),
                java.util.Optional.of(new io.pinfold.ipfs.BackendAddress.Credentials("user", "secret")));
        server.script((request, wire) -> wire.error(401, "no"));
        try (KuboIpfsNode secured = Fixture.node(address, IpfsConfig.DEFAULT)) {
            assertFails(secured.repositorySize(), Kind.UNAUTHORIZED, "no");
            assertThat(secured.name()).doesNotContain("secret");
        }
        assertThat(server.requests().getFirst().header("Authorization")).contains("Basic dXNlcjpzZWNyZXQ=");
        assertThat(address.toString() + address.credentials()).doesNotContain("secret");
    }

    private void assertStatus(int status, String message, Kind kind) {
        server.script((request, wire) -> wire.error(status, message));
        assertFails(node.repositorySize(), kind, "HTTP " + status);
    }

    private void assertIncomplete(long roots, Kind kind, String text) {
        assertIncomplete(node, roots, kind, text);
    }

    private static void assertIncomplete(KuboIpfsNode asked, long roots, Kind kind, String text) {
        ListOutcome outcome = asked.list(PinDepth.Kind.RECURSIVE, cid -> {});
        assertThat(outcome).isInstanceOfSatisfying(ListOutcome.Incomplete.class, incomplete -> {
            assertThat(incomplete.failure().detail()).contains(text);
            assertThat(incomplete.failure().kind()).isEqualTo(kind);
            assertThat(incomplete.roots()).isEqualTo(roots);
        });
    }

    private void assertPinFails(Kind kind, String text) {
        assertPinFails(LONG, kind, text);
    }

    private void assertPinFails(Duration stallTimeout, Kind kind, String text) {
        assertThat(node.pin(Fixture.request(CID, stallTimeout), (blocks, bytes) -> {}))
                .isInstanceOfSatisfying(PinOutcome.Failed.class, failed -> {
                    assertThat(failed.failure().detail()).contains(text);
                    assertThat(failed.failure().kind()).isEqualTo(kind);
                });
    }

    private static void assertFails(Answer<?> answer, Kind kind, String text) {
        assertThat(answer).isInstanceOfSatisfying(Answer.Failed.class, failed -> {
            assertThat(failed.failure().detail()).contains(text);
            assertThat(failed.failure().kind()).isEqualTo(kind);
        });
    }

    private static String root(Cid cid) {
        return "{\"Cid\":\"" + cid + "\",\"Type\":\"recursive\"}";
    }

    private interface Answering {
        void answer(ScriptedServer.Wire wire) throws IOException;
    }

    private static ScriptedServer.Script notPinnedThen(Answering add) {
        return (request, wire) -> {
            if (request.is("pin/add")) {
                add.answer(wire);
            } else {
                wire.error(500, "path '" + CID + "' is not pinned");
            }
        };
    }
}
