package io.pinfold.follower.chain;

import io.pinfold.chain.core.SignedBlock;
import io.pinfold.chain.core.verify.BlockVerifier;
import io.pinfold.chain.testing.TestChains;
import io.pinfold.chain.testing.TestOps;
import io.pinfold.follower.monitor.Alerts;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.server.AnswerSink;
import io.pinfold.rpc.server.RpcCall;
import io.pinfold.rpc.server.RpcHandler;
import io.pinfold.testkit.ManualClock;
import io.pinfold.trust.Equivocation;
import io.pinfold.trust.EvidenceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What one peer asks, what another answers, and what the first makes of it. */
class EvidenceTest {

    @TempDir
    private Path folder = Path.of("");

    private final TestChains chains = new TestChains(1, 2, 3);
    private final SignedBlock root = chains.after(null, 1, TestOps.pin(0));
    private final Alerts alerts = new Alerts(TestKeys.peerId(9), new ManualClock());

    private static final class Sink implements AnswerSink {

        private final List<Bytes> items = new ArrayList<>();
        private int room = Integer.MAX_VALUE;

        @Override
        public void send(Bytes item) {
            items.add(item);
        }

        @Override
        public boolean fits(int bytes) {
            return items.size() < room;
        }
    }

    private Equivocation pair(int author) {
        SignedBlock one = TestChains.sign(chains.draft(root, author, 5, List.of(), List.of(TestOps.pin(1))), author);
        SignedBlock two = TestChains.sign(chains.draft(root, author, 5, List.of(), List.of(TestOps.pin(2))), author);
        return Equivocation.of(TestKeys.peerId(author), 5, one.bytes(), two.bytes());
    }

    private static RpcCall call(Bytes body) {
        return new RpcCall(TestKeys.peerId(8), false, MethodTable.EVIDENCE, body, Instant.MAX);
    }

    private List<Bytes> answer(List<Equivocation> kept, List<PeerId> have, Sink sink) throws IOException {
        assertThat(new EvidenceMethod(() -> kept).handle(call(EvidenceRequestCodec.encode(have)), sink))
                .isEqualTo(RpcHandler.done());
        return sink.items;
    }

    private EvidenceExchange exchange() {
        // No call is made here, so nobody is there to be asked.
        return new EvidenceExchange(TestClients.none(), new BlockVerifier(chains.genesis()),
                new EvidenceFolder(folder), alerts, new ManualClock());
    }

    @Test
    void evidence_goes_from_one_peer_to_another_and_is_kept() throws IOException {
        List<Bytes> items = answer(List.of(pair(2), pair(1)), List.of(), new Sink());
        assertThat(items).hasSize(4);
        try (EvidenceExchange exchange = exchange()) {
            assertThat(exchange.take(TestKeys.peerId(8), items.get(0), items.get(1))).isTrue();
            assertThat(exchange.take(TestKeys.peerId(8), items.get(2), items.get(3))).isTrue();
            assertThat(exchange.take(TestKeys.peerId(8), items.get(2), items.get(3))).as("again").isTrue();
        }
        assertThat(new EvidenceFolder(folder).all()).containsExactlyInAnyOrder(pair(1), pair(2));
        assertThat(alerts.newestFirst()).hasSize(2)
                .allSatisfy(
                        alert -> assertThat(alert.metric().name()).isEqualTo("equivocated"));
    }

    @Test
    void what_the_caller_has_is_left_out_and_what_does_not_fit_too() throws IOException {
        List<Equivocation> kept = List.of(pair(1), pair(2), pair(3));
        assertThat(answer(kept, List.of(TestKeys.peerId(1), TestKeys.peerId(3)), new Sink()))
                .containsExactly(pair(2).first(), pair(2).second());
        Sink small = new Sink();
        small.room = 3;
        assertThat(answer(kept, List.of(), small)).hasSize(3);
    }

    @Test
    void a_lie_is_neither_kept_nor_told() {
        Equivocation honest = pair(1);
        Bytes other = pair(2).first();
        try (EvidenceExchange exchange = exchange()) {
            assertThat(exchange.take(TestKeys.peerId(8), honest.first(), other)).isFalse();
            assertThat(exchange.take(TestKeys.peerId(8), honest.first(), honest.first())).isFalse();
            assertThat(exchange.take(TestKeys.peerId(8), Bytes.EMPTY, honest.first())).isFalse();
        }
        assertThat(new EvidenceFolder(folder).all()).isEmpty();
        assertThat(alerts.newestFirst()).isEmpty();
    }

    @Test
    void only_files_that_prove_something_are_told_at_the_start() throws IOException {
        new EvidenceFolder(folder).add(pair(1));
        Equivocation forged = Equivocation.of(TestKeys.peerId(2), 5, pair(1).first(), pair(1).second());
        Files.write(folder.resolve(TestKeys.peerId(2) + ".evidence"), forged.toBytes().toArray());
        try (EvidenceExchange exchange = exchange()) {
            exchange.tellKept();
        }
        assertThat(alerts.newestFirst()).singleElement()
                .satisfies(
                        alert -> assertThat(alert.metric().value()).contains(TestKeys.peerId(1).toString()));
    }

    @Test
    void requests_are_canonical_and_bounded() {
        List<PeerId> keys = IntStream.rangeClosed(1, 70).mapToObj(TestKeys::peerId).sorted().toList();
        Bytes request = EvidenceRequestCodec.encode(keys);
        assertThat(request.size()).isLessThanOrEqualTo(MethodTable.EVIDENCE.requestBytes());
        assertThat(EvidenceRequestCodec.decode(request)).isEqualTo(Decoded.ok(keys.subList(0, 64)));
        byte[] bytes = request.toArray();
        for (int length = 0; length < bytes.length; length++) {
            assertThat(EvidenceRequestCodec.decode(request.slice(0, length))).as("cut at " + length)
                    .isInstanceOf(Decoded.Refused.class);
        }
        assertThat(EvidenceRequestCodec.decode(request.concat(Bytes.fromHex("00"))))
                .isInstanceOf(Decoded.Refused.class);
        for (String hex : List.of("a0", "a1646861766501", "a164686176658101", "a164686176658140",
                "a26468617665806178f6",
                "a1646861766581583fff")) {
            assertThat(EvidenceRequestCodec.decode(Bytes.fromHex(hex))).as(hex).isInstanceOf(Decoded.Refused.class);
        }
    }

    @Test
    void a_bad_request_is_refused() throws IOException {
        Sink sink = new Sink();
        assertThat(new EvidenceMethod(List::of).handle(call(Bytes.fromHex("a0")), sink))
                .isInstanceOf(RpcHandler.Outcome.Refused.class);
        assertThat(sink.items).isEmpty();
    }
}
