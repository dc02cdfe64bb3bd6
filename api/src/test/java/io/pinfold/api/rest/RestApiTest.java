package io.pinfold.api.rest;

import io.pinfold.api.FakePeer;
import io.pinfold.api.RawHttp;
import io.pinfold.api.Samples;
import io.pinfold.api.TestServer;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Metric;
import io.pinfold.follower.view.PinMode;
import io.pinfold.follower.view.PinRequest;
import io.pinfold.follower.view.PinSubject;
import io.pinfold.follower.view.StatusFilter;
import io.pinfold.follower.view.TrackerStatus;
import io.pinfold.follower.view.UnpinRequest;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route, over real HTTP, against a peer in memory. */
class RestApiTest {

    private static final String NOT_FOUND = "{\"code\":404,\"message\":\"pin is not part of the pinset\"}";

    private final FakePeer peer = new FakePeer();
    private TestServer server = TestServer.of(peer);
    private RawHttp http = server.http();

    @BeforeEach
    void two_pins() {
        peer.pinset.put(Samples.CID_1, Samples.pin(Samples.CID_1, "one"));
        peer.pinset.put(Samples.CID_2, Samples.pin(Samples.CID_2, "two"));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawHttp.Answer get(String target) throws IOException {
        return http.ask("GET", target);
    }

    @Test
    void a_template_is_published_by_the_peers_node() throws IOException {
        RawHttp.Answer answer = http.send("POST", "/template/publish?key=films", "{}");
        assertThat(answer.body())
                .isEqualTo("{\"name\":\"/ipns/k51name\",\"content\":\"/ipfs/" + Samples.CID_1 + "\"}");
        assertThat(peer.asked).containsExactly("films: {}");
        assertThat(http.send("POST", "/template/publish", "{}").status()).as("no key").isEqualTo(400);
        assertThat(http.send("POST", "/template/publish?key=x", "x".repeat((256 << 10) + 1)).status()).isEqualTo(413);
        peer.failure = Optional.of(new Failure.Invalid("template", "it is of another cluster"));
        assertThat(http.send("POST", "/template/publish?key=x", "{}").status()).isEqualTo(400);
    }

    @Test
    void id_and_version() throws IOException {
        assertThat(get("/id").body()).startsWith("{\"id\":\"" + Samples.PEER_1 + "\"").endsWith("\"host1\"}");
        RawHttp.Answer version = get("/version");
        assertThat(version.status()).isEqualTo(200);
        assertThat(version.header("content-type")).isEqualTo("application/json");
        assertThat(version.body()).isEqualTo("{\"version\":\"0.1.0\"}");
    }

    @Test
    void peers_are_streamed_and_those_that_do_not_answer_among_them() throws IOException {
        RawHttp.Answer peers = get("/peers");
        assertThat(peers.body().lines()).hasSize(2).first().asString().contains("host1");
        assertThat(peers.body()).contains("\"error\":\"no answer within 15 s\"").endsWith("}\n");
        assertThat(peers.header("trailer")).isEqualTo("X-Stream-Error");
        assertThat(peers.trailers()).containsEntry("x-stream-error", "");
    }

    @Test
    void the_graph_shows_who_is_connected_and_trusted() throws IOException {
        assertThat(get("/health/graph").body()).isEqualTo("{\"cluster_id\":\"" + Samples.PEER_1
                + "\",\"id_to_peername\":{\"" + Samples.PEER_1 + "\":\"host1\",\"" + Samples.PEER_2
                + "\":\"host2\"},\"ipfs_links\":{\"" + Samples.IPFS_1 + "\":[]},\"cluster_links\":{\"" + Samples.PEER_1
                + "\":[\"" + Samples.PEER_2 + "\"],\"" + Samples.PEER_2 + "\":[]},\"cluster_trust_links\":{\""
                + Samples.PEER_1 + "\":false,\"" + Samples.PEER_2 + "\":true},\"cluster_to_ipfs\":{\"" + Samples.PEER_1
                + "\":\"" + Samples.IPFS_1 + "\"}}");
    }

    @Test
    void a_peer_is_added_by_asking_it_and_cannot_be_removed() throws IOException {
        String body = "{\"peer_id\":\"" + Samples.PEER_2 + "\"}";
        assertThat(http.send("POST", "/peers", body).body()).contains("\"peername\":\"added\"");
        RawHttp.Answer removed = http.ask("DELETE", "/peers/" + Samples.PEER_2);
        assertThat(removed.status()).isEqualTo(501);
        assertThat(removed.body()).isEqualTo("{\"code\":501,\"message\":\"members cannot be removed\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"peer_id\":1}", "{\"peer_id\":\"x\"}", "{\"other\":\"x\"}", "null",
        "{\"peer_id\":\"12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN\"} x",
        "{\"peer_id\":\"12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN\",\"more\":1}"})
    void a_bad_body_adds_no_peer(String body) throws IOException {
        assertThat(http.send("POST", "/peers", body).status()).as(body).isEqualTo(400);
    }

    @Test
    void allocations_list_the_pinset() throws IOException {
        RawHttp.Answer all = get("/allocations");
        assertThat(all.body().lines()).hasSize(2).allMatch(line -> line.contains("\"type\":\"pin\""));
        assertThat(get("/allocations?filter=pin,meta-pin").body().lines()).hasSize(2);
        assertThat(get("/allocations?filter=all").body().lines()).hasSize(2);
        RawHttp.Answer none = get("/allocations?filter=shard-pin");
        assertThat(none.status()).isEqualTo(204);
        assertThat(none.body()).isEmpty();
        assertThat(get("/allocations?filter=pin,nonsense").status()).isEqualTo(400);
    }

    @Test
    void one_allocation() throws IOException {
        assertThat(get("/allocations/" + Samples.CID_2).body()).contains("\"name\":\"two\"");
        RawHttp.Answer absent = get("/allocations/" + Samples.CID_3);
        assertThat(absent.status()).isEqualTo(404);
        assertThat(absent.body()).isEqualTo(NOT_FOUND);
    }

    @Test
    void pins_show_status_at_all_members_or_here() throws IOException {
        assertThat(get("/pins").body().lines()).hasSize(2).allMatch(line -> line.contains("host2"));
        assertThat(get("/pins?local=true").body()).doesNotContain("host2");
        assertThat(get("/pins?local=false").body()).contains("host2");
        assertThat(get("/pins?local=1").status()).isEqualTo(400);
        assertThat(get("/pins?filter=pin_error, queued").status()).isEqualTo(400); // a bare space is no URL
        assertThat(get("/pins?filter=pin_error,%20queued").status()).isEqualTo(204);
        assertThat(peer.asked).last()
                .isEqualTo(new StatusFilter(
                        Set.of(TrackerStatus.PIN_ERROR, TrackerStatus.PIN_QUEUED, TrackerStatus.UNPIN_QUEUED)));
        assertThat(get("/pins?filter=undefined,pinned").body().lines()).hasSize(2);
        assertThat(get("/pins?filter=error").status()).isEqualTo(204);
        assertThat(get("/pins?filter=nonsense").status()).isEqualTo(400);
    }

    @Test
    void pins_of_named_cids_come_in_the_order_named() throws IOException {
        RawHttp.Answer some = get("/pins?filter=ignored&cids=" + Samples.CID_3 + "," + Samples.CID_1);
        assertThat(some.body().lines()).hasSize(2);
        assertThat(some.body().lines().toList().get(0)).contains(Samples.CID_3.toString(), "unpinned");
        assertThat(some.body().lines().toList().get(1)).contains(Samples.CID_1.toString(), "pinned");
        assertThat(get("/pins?cids=" + Samples.CID_1 + ",nonsense").status()).isEqualTo(400);
        assertThat(get("/pins?cids=" + (Samples.CID_1 + ",").repeat(257)).status()).isEqualTo(400);
        assertThat(get("/pins?cids=" + (Samples.CID_1 + ",").repeat(100)).body().lines()).hasSize(100);
    }

    @Test
    void an_unknown_cid_is_unpinned_not_missing() throws IOException {
        RawHttp.Answer status = get("/pins/" + Samples.CID_3);
        assertThat(status.status()).isEqualTo(200);
        assertThat(status.body()).contains("\"created\":\"0001-01-01T00:00:00Z\"", "\"status\":\"unpinned\"");
    }

    @Test
    void pinning_a_cid() throws IOException {
        RawHttp.Answer pinned = http.ask("POST", "/pins/" + Samples.CID_3 + "?name=three&mode=direct",
                "Idempotency-Key: key-1");
        assertThat(pinned.status()).isEqualTo(200);
        assertThat(pinned.body()).contains("\"name\":\"three\"", "\"mode\":\"direct\"", "\"max_depth\":0");
        assertThat(pinned.header("x-pinfold-operation")).isEqualTo(Samples.PEER_1 + "/12/3");
        assertThat(peer.asked).last().isInstanceOfSatisfying(PinRequest.class, request -> {
            assertThat(request.subject()).isEqualTo(new PinSubject.ByCid(Samples.CID_3));
            assertThat(request.options().mode()).isEqualTo(PinMode.DIRECT);
            assertThat(request.idempotencyKey()).contains("key-1");
        });
    }

    @Test
    void pinning_and_unpinning_a_path() throws IOException {
        assertThat(http.ask("POST", "/pins/ipfs/" + Samples.CID_3 + "/a%20b/c?name=p").status()).isEqualTo(200);
        assertThat(peer.asked).last()
                .isInstanceOfSatisfying(PinRequest.class, request -> assertThat(request.subject())
                        .isEqualTo(new PinSubject.ByPath("/ipfs/" + Samples.CID_3 + "/a b/c")));
        assertThat(http.ask("DELETE", "/pins/ipns/docs.example").status()).isEqualTo(200);
        assertThat(peer.asked).last()
                .isEqualTo(new UnpinRequest(new PinSubject.ByPath("/ipns/docs.example"), Optional.empty()));
    }

    @Test
    void unpinning_answers_the_pin_as_it_was() throws IOException {
        assertThat(http.ask("DELETE", "/pins/" + Samples.CID_1).body()).contains("\"name\":\"one\"");
        RawHttp.Answer again = http.ask("DELETE", "/pins/" + Samples.CID_1);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.body()).isEqualTo(NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/pins/nonsense", "/pins/" + "Qm", "/pins/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuyl?name=x",
        "/pins/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG?mode=nonsense",
        "/pins/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG?replication-min=x",
        "/pins/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG?name=a&name=b",
        "/pins/ipfs/QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG?expire-in=0s", "/pins/ipfs/a%0ab"})
    void what_is_bad_is_refused_and_nothing_is_pinned(String target) throws IOException {
        RawHttp.Answer refused = http.ask("POST", target);
        assertThat(refused.status()).as(target).isEqualTo(400);
        assertThat(refused.body()).startsWith("{\"code\":400,\"message\":\"").endsWith("\"}");
        assertThat(peer.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "x\u0001"})
    void a_bad_idempotency_key_is_refused(String key) throws IOException {
        assertThat(http.ask("POST", "/pins/" + Samples.CID_3, "Idempotency-Key: " + key).status()).isEqualTo(400);
        assertThat(peer.asked).isEmpty();
    }

    @Test
    void a_long_idempotency_key_is_refused() throws IOException {
        assertThat(http.ask("POST", "/pins/" + Samples.CID_3, "Idempotency-Key: " + "k".repeat(129)).status())
                .isEqualTo(400);
        assertThat(http.ask("POST", "/pins/" + Samples.CID_3, "Idempotency-Key: " + "k".repeat(128)).status())
                .isEqualTo(200);
    }

    @Test
    void recovering_one_and_all() throws IOException {
        peer.statusAt1.put(Samples.CID_1, TrackerStatus.PIN_ERROR);
        assertThat(http.ask("POST", "/pins/recover?local=true").body().lines()).hasSize(1);
        assertThat(peer.asked).last().isEqualTo("recover all LOCAL");
        assertThat(http.ask("POST", "/pins/" + Samples.CID_1 + "/recover").body()).contains("pin_queued");
        assertThat(http.ask("POST", "/pins/recover").status()).isEqualTo(204);
    }

    @Test
    void health_alerts_metrics_and_sync() throws IOException {
        assertThat(get("/health").status()).isEqualTo(204);
        assertThat(get("/health/alerts").body()).isEqualTo("[]");
        Metric ping = new Metric("ping", Samples.PEER_1, "x", Samples.NOW, true, 0, false, Samples.NOW);
        peer.metrics.add(ping);
        peer.alerts.add(new Alert(ping, Samples.NOW));
        assertThat(get("/health/alerts").body()).startsWith("[{\"name\":\"ping\"").endsWith("\"}]");
        assertThat(get("/monitor/metrics").body()).isEqualTo("[\"ping\"]");
        assertThat(get("/monitor/metrics/ping").body()).startsWith("[{\"name\":\"ping\"");
        assertThat(get("/monitor/metrics/other").body()).isEqualTo("[]");
        assertThat(get("/sync").body()).startsWith("{\"cluster_id\":").contains("\"lag\":2");
    }

    @ParameterizedTest
    @CsvSource({"FOLLOWER_MODE,403", "KEY_NOT_TRUSTED,403", "WAITING_FOR_PEERS,503", "CLOCK_SKEWED,503"})
    void who_may_not_write_is_told_why(Failure.NotAWriter.Why why, int status) throws IOException {
        peer.failure = Optional.of(new Failure.NotAWriter(why));
        RawHttp.Answer refused = http.ask("POST", "/pins/" + Samples.CID_3);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.body()).contains(new Failure.NotAWriter(why).sentence());
        assertThat(refused.header("retry-after")).isEqualTo(status == 503 ? "5" : "");
    }

    @Test
    void each_failure_has_its_status() throws IOException {
        for (Object[] row : new Object[][]{{new Failure.NotInPinset(Samples.CID_1), 404},
            {new Failure.Invalid("name", "x"), 400}, {new Failure.Unresolved("/ipfs/x", "x"), 400},
            {new Failure.BackendAway("x"), 503}, {new Failure.Busy("the intake", 5), 503},
            {new Failure.NotReady("x"), 503}, {new Failure.PeerAway("p", "x"), 502},
            {new Failure.Unsupported("x"), 501}}) {
            peer.failure = Optional.of((Failure) row[0]);
            assertThat(get("/id").status()).as("%s", row[0]).isEqualTo(row[1]);
        }
    }

    @Test
    void a_list_that_fails_at_once_is_an_error_and_a_later_failure_stands_in_the_trailer() throws IOException {
        peer.failure = Optional.of(new Failure.BackendAway("it is\ngone, ä"));
        RawHttp.Answer atOnce = get("/pins");
        assertThat(atOnce.status()).isEqualTo(503);
        assertThat(atOnce.body()).startsWith("{\"code\":503,");
        peer.itemsBeforeFailure = 1;
        RawHttp.Answer later = get("/pins");
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.body().lines()).hasSize(1);
        assertThat(later.trailers()).containsEntry("x-stream-error", "the IPFS node does not answer: it is?gone, ?");
    }
}
