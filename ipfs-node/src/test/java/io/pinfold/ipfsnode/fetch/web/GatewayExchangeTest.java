package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.fetch.GraphFetch;
import io.pinfold.ipfsnode.fetch.GraphFetchConfig;
import io.pinfold.ipfsnode.fetch.GraphOutcome;
import io.pinfold.ipfsnode.fetch.GraphRequest;
import io.pinfold.ipfsnode.fetch.GraphWatcher;
import io.pinfold.ipfsnode.testing.Graphs;
import io.pinfold.ipfsnode.testing.InMemoryBlockstore;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.car.CarWriter;
import io.pinfold.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayExchangeTest {

    private static final Duration STALL = Duration.ofSeconds(20);
    private static final String CAR = "application/vnd.ipld.car";

    @RegisterExtension
    final Seeds seeds = new Seeds();

    private final List<AutoCloseable> open = new ArrayList<>();
    private final Graphs graphs = new Graphs();
    private final InMemoryBlockstore store = new InMemoryBlockstore();

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

    private static GatewayConfig config(boolean wholeGraph, Duration headStart) {
        return new GatewayConfig(8, Duration.ofSeconds(10), wholeGraph, Duration.ofSeconds(2), Duration.ofMinutes(1),
                headStart, 1 << 20, 1 << 20, Duration.ofMillis(300));
    }

    private GraphOutcome fetch(Cid root, Duration stall, GatewayConfig config, ScriptedWeb... servers) {
        WebClient client = new WebClient(List.of(servers).stream().map(server -> server.place().base()).toList());
        open.add(client);
        List<TrustlessGateway> gateways = List.of(servers)
                .stream()
                .map(server -> new TrustlessGateway(server.place(), client))
                .toList();
        try (GatewayExchange exchange = new GatewayExchange(gateways, config)) {
            return new GraphFetch(store, exchange, GraphFetchConfig.DEFAULT, System::nanoTime)
                    .fetch(GraphRequest.whole(root, List.of(), stall), GraphWatcher.NONE);
        }
    }

    /** A gateway that knows single blocks. */
    private void block(ScriptedWeb.Request request, ScriptedWeb.Wire wire) throws IOException {
        Cid cid = Cid.parse(request.target().replaceAll("/ipfs/|\\?.*", "")).orElseThrow();
        Block block = graphs.blocks.get(cid.hash());
        if (block == null || !request.target().endsWith("?format=raw")) {
            wire.status(404);
        } else {
            wire.ok("application/vnd.ipld.raw", block.data());
        }
    }

    private Bytes car(Cid root) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CarWriter writer = new CarWriter(out, List.of(root));
        Set<Object> written = new HashSet<>();
        write(root, writer, written);
        return Bytes.copyOf(out.toByteArray());
    }

    private void write(Cid at, CarWriter writer, Set<Object> written) throws IOException {
        if (written.add(at)) {
            writer.write(new Block(at, Objects.requireNonNull(graphs.blocks.get(at.hash())).data()));
            for (Cid link : graphs.links(at)) {
                write(link, writer, written);
            }
        }
    }

    @Test
    void a_graph_comes_block_by_block() {
        Cid root = graphs.random(seeds.generator(), 150);
        GraphOutcome outcome = fetch(root, STALL, config(false, Duration.ZERO), server(this::block));
        assertThat(outcome).as(seeds.toString()).isInstanceOf(GraphOutcome.Complete.class);
    }

    @Test
    void a_graph_comes_as_a_stream_and_no_block_is_asked_for_alone() throws Exception {
        Cid root = graphs.random(seeds.generator(), 150);
        Bytes car = car(root);
        ScriptedWeb server = server((request, wire) -> wire.ok(CAR, car));
        assertThat(fetch(root, STALL, config(true, STALL), server)).as(seeds.toString())
                .isInstanceOf(GraphOutcome.Complete.class);
        assertThat(server.requests).hasSize(1);
        assertThat(server.requests.getFirst().target()).isEqualTo("/ipfs/" + root + "?format=car&dag-scope=all");
    }

    @Test
    void what_a_broken_stream_did_not_bring_is_asked_for_alone() throws Exception {
        Cid root = graphs.random(seeds.generator(), 150);
        Bytes car = car(root);
        ScriptedWeb server = server((request, wire) -> {
            if (request.target().contains("format=car")) {
                wire.begin(CAR);
                wire.raw(car.slice(0, car.size() / 2));
                wire.cut();
            } else {
                block(request, wire);
            }
        });
        assertThat(fetch(root, STALL, config(true, STALL), server)).as(seeds.toString())
                .isInstanceOf(GraphOutcome.Complete.class);
    }

    @Test
    void a_stream_of_other_blocks_and_one_that_is_none_do_no_harm() {
        Cid root = graphs.random(seeds.generator(), 60);
        ScriptedWeb garbage = server((request, wire) -> wire.ok(CAR, Bytes.copyOf(new byte[10_000])));
        ScriptedWeb good = server(this::block);
        assertThat(fetch(root, STALL, config(true, Duration.ZERO), garbage, good)).as(seeds.toString())
                .isInstanceOf(GraphOutcome.Complete.class);
    }

    @Test
    void gateways_that_lie_hang_or_are_dead_are_passed_over_for_one_that_is_good() throws Exception {
        Cid root = graphs.random(seeds.generator(), 60);
        ScriptedWeb dead = server((request, wire) -> {});
        dead.close();
        ScriptedWeb lying = server((request, wire) -> wire.ok("application/vnd.ipld.raw", Bytes.fromHex("00")));
        ScriptedWeb cutting = server((request, wire) -> wire.cut());
        ScriptedWeb lacking = server((request, wire) -> wire.status(404));
        assertThat(fetch(root, STALL, config(false, Duration.ZERO), dead, lying, cutting, lacking, server(this::block)))
                .as(seeds.toString())
                .isInstanceOf(GraphOutcome.Complete.class);
    }

    @Test
    void a_block_that_no_gateway_has_at_first_is_asked_for_again() {
        Cid root = graphs.node(List.of(graphs.leaf(10)));
        Set<String> asked = new HashSet<>();
        ScriptedWeb late = server((request, wire) -> {
            if (asked.add(request.target())) {
                wire.status(404);
            } else {
                block(request, wire);
            }
        });
        assertThat(fetch(root, STALL, config(false, Duration.ZERO), late)).isInstanceOf(GraphOutcome.Complete.class);
    }

    @Test
    void without_an_answer_it_is_a_stall_and_all_threads_end() {
        Cid root = graphs.leaf(10);
        ScriptedWeb hanging = server((request, wire) -> wire.hang());
        assertThat(fetch(root, Duration.ofMillis(300), config(true, Duration.ZERO), hanging))
                .isInstanceOf(GraphOutcome.Stalled.class);
        assertThat(fetch(root, Duration.ofMillis(300), config(true, Duration.ZERO)))
                .isInstanceOf(GraphOutcome.Stalled.class);
    }
}
