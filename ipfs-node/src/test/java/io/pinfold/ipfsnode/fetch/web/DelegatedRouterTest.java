package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.bitswap.Providers;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Multibase;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DelegatedRouterTest {

    private static final Cid CID = Cid.raw(Bytes.fromHex("01"));
    private static final PeerId PEER = TestKeys.peerId(1);
    private static final PeerId OTHER = TestKeys.peerId(2);
    private static final String JSON = "application/json";
    private static final String NDJSON = "application/x-ndjson";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private ScriptedWeb server(ScriptedWeb.Script script) {
        ScriptedWeb server = new ScriptedWeb(script);
        open.add(server);
        return server;
    }

    private DelegatedRouter router(ScriptedWeb server, boolean nearBy) {
        WebClient client = new WebClient(List.of(server.place().base()));
        open.add(client);
        return new DelegatedRouter(server.place(), client, nearBy);
    }

    private List<Multiaddr> found(String type, String answer) {
        return router(server((request, wire) -> wire.ok(type, answer)), false).find(CID);
    }

    private static String record(String id, String protocols, String... addresses) {
        return "{\"Schema\":\"peer\",\"ID\":\"" + id + "\",\"Protocols\":[" + protocols + "],\"Addrs\":[\""
                + String.join("\",\"", addresses) + "\"],\"More\":{\"a\":1}}";
    }

    private static Multiaddr address(String text, PeerId peer) {
        return Multiaddr.parse(text).orElseThrow().withPeer(peer);
    }

    @Test
    void providers_are_read_from_a_list() {
        String cidPeer = OTHER.toCid().toString(Multibase.BASE36);
        List<Multiaddr> found = found(JSON,
                "{\"Providers\":[" + record(PEER.toString(), "", "/ip4/1.2.3.4/tcp/4001") + ","
                        + record(cidPeer, "\"transport-bitswap\",\"x\"", "/dns4/a.example/tcp/1",
                                "/ip6/2606:4700::1/tcp/2")
                        + "],\"Next\":null}");
        assertThat(found).containsExactly(address("/ip4/1.2.3.4/tcp/4001", PEER),
                address("/dns4/a.example/tcp/1", OTHER),
                address("/ip6/2606:4700::1/tcp/2", OTHER));
    }

    @Test
    void providers_are_read_from_lines_and_the_request_asks_for_them() {
        ScriptedWeb server = server((request, wire) -> wire.ok(NDJSON + "; charset=utf-8",
                record(PEER.toString(), "", "/ip4/1.2.3.4/tcp/1") + "\n\n"
                        + record(OTHER.toString(), "", "/ip4/1.2.3.4/tcp/2")));
        assertThat(router(server, false).find(CID)).hasSize(2);
        ScriptedWeb.Request request = server.requests.getFirst();
        assertThat(request.target()).isEqualTo("/routing/v1/providers/" + CID);
        assertThat(request.headers()).anyMatch(line -> line.startsWith("Accept: application/x-ndjson"));
    }

    @Test
    void addresses_that_we_cannot_or_must_not_use_are_passed_over() {
        assertThat(found(JSON, "{\"Providers\":[" + record(PEER.toString(), "",
                "/ip4/127.0.0.1/tcp/1", "/ip4/192.168.1.1/tcp/1", "/ip6/::1/tcp/1", "/dns4/localhost/tcp/1",
                "/ip4/1.2.3.4/udp/1/quic-v1", "/ip4/1.2.3.4/tcp/1/ws", "/ip4/1.2.3.4/tcp/1/p2p/" + OTHER,
                "/ip4/1.2.3.4/tcp/1/p2p/" + OTHER + "/p2p-circuit", "/unheard/of", "", "/ip4/1.2.3.4/tcp/9/p2p/" + PEER)
                + "]}"))
                .containsExactly(address("/ip4/1.2.3.4/tcp/9", PEER));
        assertThat(found(JSON, "{\"Providers\":["
                + record(OTHER.toString(), "\"transport-ipfs-gateway-http\"", "/ip4/1.2.3.4/tcp/1") + ","
                + record("nobody", "", "/ip4/1.2.3.4/tcp/1") + ",7,null,[],{}]}")).isEmpty();
    }

    @Test
    void a_router_of_our_own_network_may_tell_its_addresses() {
        String answer = "{\"Providers\":[" + record(PEER.toString(), "", "/ip4/192.168.1.1/tcp/1") + "]}";
        assertThat(router(server((request, wire) -> wire.ok(JSON, answer)), true).find(CID)).hasSize(1);
    }

    @Test
    void of_each_peer_and_of_all_only_so_many_addresses_are_taken() {
        String[] many = new String[100];
        for (int i = 0; i < many.length; i++) {
            many[i] = "/ip4/1.2.3.4/tcp/" + (i + 1);
        }
        assertThat(found(JSON, "{\"Providers\":[" + record(PEER.toString(), "", many) + "]}"))
                .hasSize(ProviderRecords.MAX_OF_PEER);
        String records = (record(PEER.toString(), "", many) + ",").repeat(50);
        assertThat(found(JSON, "{\"Providers\":[" + records.substring(0, records.length() - 1) + "]}"))
                .hasSize(ProviderRecords.MAX_ADDRESSES);
    }

    @Test
    void lines_without_end_are_read_until_there_are_enough() {
        String line = record(PEER.toString(), "", "/ip4/1.2.3.4/tcp/1") + "\n";
        ScriptedWeb server = server((request, wire) -> {
            wire.begin(NDJSON);
            while (true) {
                wire.raw(line);
            }
        });
        assertThat(router(server, false).find(CID)).hasSize(ProviderRecords.MAX_ADDRESSES);
    }

    @Test
    void useless_lines_without_end_a_line_without_end_and_a_list_without_end_give_nothing() {
        for (String piece : List.of("{}\n", "x".repeat(1_000), "{\"a\":\"" + "x".repeat(60_000) + "\"}\n")) {
            for (String type : List.of(NDJSON, JSON)) {
                ScriptedWeb server = server((request, wire) -> {
                    wire.begin(type);
                    while (true) {
                        wire.raw(piece);
                    }
                });
                assertThat(router(server, false).find(CID)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "7", "{\"Providers\":7}", "{\"Providers\":{\"a\":1}}", "nonsense", "\u0000"})
    void what_is_no_answer_gives_nothing(String answer) {
        assertThat(found(JSON, answer)).isEmpty();
        assertThat(found(NDJSON, answer)).isEmpty();
        assertThat(found(JSON, "[".repeat(100_000))).isEmpty();
    }

    @Test
    void nobody_known_is_nobody_found() {
        assertThat(router(server((request, wire) -> wire.status(404)), false).find(CID)).isEmpty();
        assertThat(router(server((request, wire) -> wire.status(500)), false).find(CID)).isEmpty();
    }

    @Test
    void a_record_is_put_and_got_as_it_is() {
        IpnsRecord record = IpnsRecord.sign(TestKeys.key(1), "/ipfs/bafkqaaa", Instant.parse("2100-01-01T00:00:00Z"), 1,
                Duration.ZERO);
        ScriptedWeb server = server((request, wire) -> wire.ok("application/vnd.ipfs.ipns-record",
                request.method().equals("PUT") ? Bytes.EMPTY : record.encoded()));
        DelegatedRouter router = router(server, false);
        assertThat(router.put(record, PATIENCE)).isTrue();
        assertThat(router.latest(record.name(), PATIENCE)).contains(record.encoded());
        ScriptedWeb.Request put = server.requests.getFirst();
        assertThat(put.target()).isEqualTo("/routing/v1/ipns/" + record.name());
        assertThat(put.has("Content-Type: application/vnd.ipfs.ipns-record")).isTrue();
        assertThat(put.body()).isEqualTo(record.encoded());
        assertThat(router(server((request, wire) -> wire.status(400)), false).put(record, PATIENCE)).isFalse();
        assertThat(router(server((request, wire) -> wire.redirect("/x")), false).put(record, PATIENCE)).isFalse();
    }

    @Test
    void what_several_know_is_joined_and_an_interrupt_ends_the_asking() throws Exception {
        Multiaddr one = address("/ip4/1.2.3.4/tcp/1", PEER);
        Multiaddr two = address("/ip4/1.2.3.4/tcp/2", PEER);
        assertThat(new ManyProviders(List.of(_ -> List.of(one, two), _ -> List.of(two))).find(CID))
                .containsExactlyInAnyOrder(one, two);
        CountDownLatch asked = new CountDownLatch(1);
        Providers silent = _ -> {
            asked.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                return List.of();
            }
            return List.of();
        };
        Thread asking = Thread.startVirtualThread(() -> new ManyProviders(List.of(silent)).find(CID));
        asked.await();
        asking.interrupt();
        asking.join();
    }
}
