package io.pinfold.follower.names;

import io.pinfold.ipfsnode.ipns.IpnsName;
import io.pinfold.ipfsnode.ipns.IpnsRecord;
import io.pinfold.ipfsnode.ipns.RecordShelf;
import io.pinfold.libp2p.sim.SimHost;
import io.pinfold.libp2p.sim.SimNetwork;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.rpc.ErrorCode;
import io.pinfold.rpc.MethodTable;
import io.pinfold.rpc.RpcMeter;
import io.pinfold.rpc.client.RpcClient;
import io.pinfold.rpc.client.RpcClientConfig;
import io.pinfold.rpc.server.Authorizer;
import io.pinfold.rpc.server.Pause;
import io.pinfold.rpc.server.RpcServer;
import io.pinfold.rpc.server.RpcServerConfig;
import io.pinfold.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls to a peer that keeps records of a friend, and not of a stranger. */
@Timeout(60)
class ClusterRecordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final IpnsRecord RECORD = IpnsRecord.sign(TestKeys.key(1), "/ipfs/bafkqaaa",
            Instant.parse("2126-01-01T00:00:00Z"), 7, Duration.ofMinutes(1));
    private static final String FORBIDDEN = RpcMeter.refused(ErrorCode.FORBIDDEN);

    private final SimNetwork network = new SimNetwork(InstantSource.system());
    private final SimHost called = network.host();
    private final SimHost friend = network.host();
    private final SimHost stranger = network.host();
    private final ManualClock clock = new ManualClock();
    private final Map<IpnsName, IpnsRecord> kept = new ConcurrentHashMap<>();
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

    @BeforeEach
    void start() {
        RecordShelf shelf = new RecordShelf() {

            @Override
            public Optional<IpnsRecord> record(IpnsName name) {
                return Optional.ofNullable(kept.get(name));
            }

            @Override
            public Taken take(IpnsName name, Bytes encoded) {
                kept.put(name, IpnsRecord.verify(name, encoded).orElseThrow());
                return Taken.HERE;
            }
        };
        var table = MethodTable.of(MethodTable.NAME_RECORD, MethodTable.NAME_KEEP);
        var server = new RpcServer(called, table, Map.of(
                MethodTable.NAME_RECORD.name(), new NameRecordMethod(Optional.of(shelf)),
                MethodTable.NAME_KEEP.name(), new NameKeepMethod(Optional.of(shelf))),
                new Authorizer(friend.id()::equals), RpcServerConfig.DEFAULT, new RpcServer.Environment(
                        InstantSource.system(), Pause.SLEEP, scheduler,
                        (name, amount) -> counts.merge(name, amount, Long::sum)));
        server.start();
        network.connect(friend, called);
        network.connect(stranger, called);
    }

    @AfterEach
    void close() {
        network.close();
        scheduler.shutdownNow();
    }

    private ClusterRecords of(SimHost host) {
        var client = new RpcClient(host, InstantSource.system(), RpcClientConfig.DEFAULT, RpcMeter.NONE);
        return new ClusterRecords(host, client, clock);
    }

    @Test
    void a_friends_record_is_kept_and_told_to_anybody() {
        assertThat(of(friend).peers()).containsExactly(called.id());
        assertThat(of(stranger).latest(called.id(), RECORD.name(), PATIENCE)).isEmpty();
        assertThat(of(friend).give(called.id(), RECORD, PATIENCE)).isTrue();
        assertThat(of(stranger).latest(called.id(), RECORD.name(), PATIENCE)).contains(RECORD.encoded());
    }

    @Test
    void who_does_not_trust_us_is_left_alone_for_a_while() {
        ClusterRecords calls = of(stranger);
        assertThat(calls.give(called.id(), RECORD, PATIENCE)).isFalse();
        assertThat(calls.give(called.id(), RECORD, PATIENCE)).isFalse();
        assertThat(counts).as("asked once").containsEntry(FORBIDDEN, 1L);
        clock.advance(ClusterRecords.PAUSE);
        assertThat(calls.give(called.id(), RECORD, PATIENCE)).isFalse();
        assertThat(counts).containsEntry(FORBIDDEN, 2L);
        assertThat(kept).isEmpty();
    }

    @Test
    void a_peer_that_is_not_connected_has_nothing() {
        SimHost away = network.host();
        assertThat(of(friend).latest(away.id(), RECORD.name(), PATIENCE)).isEmpty();
        assertThat(of(friend).give(away.id(), RECORD, PATIENCE)).isFalse();
    }
}
