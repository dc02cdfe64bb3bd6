package io.pinfold.api.json;

import io.pinfold.api.FakePeer;
import io.pinfold.api.Samples;
import io.pinfold.follower.view.Alert;
import io.pinfold.follower.view.Answer;
import io.pinfold.follower.view.Failure;
import io.pinfold.follower.view.Metric;
import io.pinfold.follower.view.PeerInfo;
import io.pinfold.follower.view.PinStatus;
import io.pinfold.follower.view.SyncStatus;
import io.pinfold.follower.view.TrackerStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;

import static org.assertj.core.api.Assertions.assertThat;

/** Golden texts of every shape: a change here is a change for every client. */
class JsonShapesTest {

    private static final Metric PING = new Metric("ping", Samples.PEER_1, "{\"peer_name\":\"host1\"}",
            Instant.ofEpochSecond(1_700_000_030, 5), true, -4, false, Instant.ofEpochSecond(1_700_000_000));

    private static String json(Consumer<JsonGenerator> shape) {
        return new String(Json.bytes(shape), StandardCharsets.UTF_8);
    }

    @Test
    void pin_with_defaults() {
        assertThat(json(json -> PinJson.write(json, Samples.pin(Samples.CID_1, "")))).isEqualTo("""
                {"replication_factor_min":-1,"replication_factor_max":-1,"name":"","mode":"recursive","shard_size":0,\
                "user_allocations":null,"expire_at":"0001-01-01T00:00:00Z","metadata":null,"pin_update":null,\
                "origins":null,"cid":"QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG","type":"pin","allocations":[],\
                "max_depth":-1,"reference":null,"timestamp":"2026-11-21T10:00:00Z"}""");
    }

    @Test
    void pin_with_everything() {
        assertThat(json(json -> PinJson.write(json, Samples.fullPin()))).isEqualTo("""
                {"replication_factor_min":2,"replication_factor_max":3,"name":"a \\"name\\"","mode":"direct",\
                "shard_size":7,"user_allocations":["12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk"],\
                "expire_at":"2026-11-21T11:00:00Z","metadata":{"a":"b","k":"v"},\
                "pin_update":"QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG",\
                "origins":["/ip4/192.0.2.1/tcp/4001/p2p/12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X"],\
                "cid":"bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi","type":"shard-pin",\
                "allocations":["12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk",\
                "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN"],"max_depth":0,\
                "reference":"bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4",\
                "timestamp":"2026-11-21T10:00:00.250Z"}""");
    }

    @Test
    void status_of_a_cid_at_two_members() {
        PinStatus.AtPeer busy = new PinStatus.AtPeer("host1", Optional.of(Samples.IPFS_1),
                List.of(Samples.address("/ip4/192.0.2.1/tcp/4001")), TrackerStatus.PINNING, Samples.NOW, "", 2, true,
                Optional.of(new PinStatus.Progress(3, 4096)));
        PinStatus.AtPeer failed = new PinStatus.AtPeer("host2", Optional.empty(), List.of(), TrackerStatus.PIN_ERROR,
                Samples.NOW, "no such block", 1, false, Optional.empty());
        PinStatus status = new PinStatus(Samples.CID_1, "n", List.of(Samples.PEER_1), List.of(), Samples.NOW,
                new TreeMap<>(Map.of("k", "v")), new TreeMap<>(Map.of(Samples.PEER_1, busy, Samples.PEER_2, failed)));
        assertThat(json(json -> StatusJson.write(json, status))).isEqualTo(
                """
                        {"cid":"QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWnPbdG","name":"n",\
                        "allocations":["12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk"],"origins":[],\
                        "created":"2026-11-21T10:00:00Z","metadata":{"k":"v"},"peer_map":{\
                        "12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk":{"peername":"host1",\
                        "ipfs_peer_id":"12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X",\
                        "ipfs_peer_addresses":["/ip4/192.0.2.1/tcp/4001"],"status":"pinning",\
                        "timestamp":"2026-11-21T10:00:00Z","error":"","attempt_count":2,"priority_pin":true,\
                        "progress":{"blocks":3,"bytes":4096}},\
                        "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN":{"peername":"host2","status":"pin_error",\
                        "timestamp":"2026-11-21T10:00:00Z","error":"no such block","attempt_count":1,"priority_pin":false}}}""");
    }

    @Test
    void member() {
        Answer<PeerInfo> self = new FakePeer().self();
        assertThat(self).isInstanceOfSatisfying(Answer.Done.class, done -> assertThat(
                json(json -> PeerJson.write(json, (PeerInfo) done.value()))).isEqualTo("""
                        {"id":"12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk","addresses":\
                        ["/ip4/192.0.2.7/tcp/9096/p2p/12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk"],\
                        "cluster_peers":["12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk",\
                        "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN"],"cluster_peers_addresses":\
                        ["/ip4/192.0.2.8/tcp/9096/p2p/12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN"],\
                        "version":"0.1.0","commit":"","rpc_protocol_version":"/pinfold/rpc/1","error":"",\
                        "ipfs":{"id":"12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X","addresses":\
                        ["/ip4/192.0.2.7/tcp/4001/p2p/12D3KooWPjceQrSwdWXPyLLeABRXmuqt69Rg3sBYbU1Nft9HyQ6X"],\
                        "error":""},"peername":"host1"}"""));
    }

    @Test
    void member_that_does_not_answer() {
        assertThat(json(json -> PeerJson.write(json, PeerInfo.unreachable(Samples.PEER_2, "host2", "gone"))))
                .isEqualTo("""
                        {"id":"12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN","addresses":[],\
                        "cluster_peers":[],"cluster_peers_addresses":[],"version":"","commit":"",\
                        "rpc_protocol_version":"","error":"gone","ipfs":{"addresses":[],"error":""},\
                        "peername":"host2"}""");
    }

    @Test
    void metric_and_alert() {
        String fields = """
                "name":"ping","peer":"12D3KooWBSfdK7ypRVYqhqEFt66rWJZFH3GYXxVs7qo3Pmp2Fykk",\
                "value":"{\\"peer_name\\":\\"host1\\"}","expire":1700000030000000005,"valid":true,"weight":-4,\
                "partitionable":false,"received_at":1700000000000000000""";
        assertThat(json(json -> MetricJson.write(json, PING))).isEqualTo("{" + fields + "}");
        assertThat(json(json -> MetricJson.write(json, new Alert(PING, Samples.NOW))))
                .isEqualTo("{" + fields + ",\"triggered_at\":\"2026-11-21T10:00:00Z\"}");
    }

    @Test
    void standing_on_the_chain() {
        assertThat(json(json -> SyncJson.write(json, new FakePeer().sync))).isEqualTo("""
                {"cluster_id":"bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4",\
                "cluster_name":"test cluster","phase":"current","height":7,\
                "head":"bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",\
                "head_time":"2026-11-21T10:00:00Z","best_height":9,"lag":2,"last_heard":"2026-11-21T10:00:01Z",\
                "stale":false,"confirmations":{"keys":2,"of":3,"confirmed":true},"pins":5,\
                "removals":{"waiting":1,"held":0},"writable":true,"not_writable_because":""}""");
    }

    @Test
    void standing_of_a_peer_that_is_syncing_and_may_not_write() {
        SyncStatus sync = new SyncStatus(Samples.CID_3, "c", SyncStatus.Phase.SYNCING, 0, Optional.empty(),
                Optional.empty(), 0, Optional.empty(), true, new SyncStatus.Confirmations(0, 1),
                Optional.of(new SyncStatus.Progress(0, 100, 50, 20)), 0, new SyncStatus.Removals(0, 0),
                Optional.of(new Failure.NotAWriter(Failure.NotAWriter.Why.FOLLOWER_MODE)));
        assertThat(json(json -> SyncJson.write(json, sync))).isEqualTo("""
                {"cluster_id":"bafkreifjjcie6lypi6ny7amxnfftagclbuxndqonfipmb64f2km2devei4","cluster_name":"c",\
                "phase":"syncing","height":0,"head":null,"head_time":null,"best_height":0,"lag":0,"last_heard":null,\
                "stale":true,"confirmations":{"keys":0,"of":1,"confirmed":false},\
                "progress":{"from":0,"to":100,"verified":50,"applied":20},"pins":0,\
                "removals":{"waiting":0,"held":0},"writable":false,"not_writable_because":\
                "this peer is configured to be in follower mode. Write operations are disabled"}""");
    }
}
