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
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
                headStart, Duration.ofMillis(100), 1 << 20, 1 << 20, Duration.ofMillis(300));
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

    private Cid folders(int count, int files) {
        return graphs.node(IntStream.range(0, count)
                .mapToObj(_ -> graphs.node(IntStream.range(0, files).mapToObj(_ -> graphs.leaf(2_000)).toList()))
                .toList());
    }

    private void answer(ScriptedWeb.Request request, ScriptedWeb.Wire wire) throws IOException {
        if (request.target().contains("format=car")) {
            wire.ok(CAR, car(Cid.parse(request.target().replaceAll("/ipfs/|\\?.*", "")).orElseThrow()));
        } else {
            block(request, wire);
        }
    }

    @Test
    void thousands_of_files_are_one_request() {
        Cid root = folders(50, 50);
        ScriptedWeb server = server(this::answer);
        assertThat(fetch(root, STALL, config(true, STALL), server)).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void a_stream_that_breaks_off_begins_anew_where_it_was() throws Exception {
        Cid root = folders(20, 5);
        Bytes car = car(root);
        ScriptedWeb server = server((request, wire) -> {
            if (request.target().contains(root.toString())) {
                wire.begin(CAR);
                wire.raw(car.slice(0, car.size() / 2));
                wire.cut();
            } else {
                answer(request, wire);
            }
        });
        assertThat(fetch(root, STALL, config(true, STALL), server)).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(graphs.links(root).stream().skip(5)).anyMatch(folder -> server.requests.stream()
                .anyMatch(request -> request.target().equals("/ipfs/" + folder + "?format=car&dag-scope=all")));
    }

    @Test
    void a_stream_begins_where_something_lacks() {
        Cid root = folders(20, 5);
        Cid lacking = graphs.links(root).get(11);
        List<Cid> here = new ArrayList<>(List.of(root));
        graphs.links(root).stream().filter(folder -> !folder.equals(lacking)).forEach(folder -> {
            here.add(folder);
            here.addAll(graphs.links(folder));
        });
        store.put(here.stream().map(cid -> new Block(cid, graphs.data(cid))).toList());
        ScriptedWeb server = server(this::answer);
        assertThat(fetch(root, STALL, config(true, STALL), server)).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(server.requests).extracting(ScriptedWeb.Request::target)
                .containsExactly("/ipfs/" + lacking + "?format=car&dag-scope=all");
    }

    @Test
    void a_block_without_links_is_asked_for_alone() {
        Cid root = graphs.leaf(100);
        ScriptedWeb server = server(this::answer);
        assertThat(fetch(root, STALL, config(true, STALL), server)).isInstanceOf(GraphOutcome.Complete.class);
        assertThat(server.requests).extracting(ScriptedWeb.Request::target)
                .containsExactly("/ipfs/" + root + "?format=raw");
    }

    /** The head start of a stream is longer than a pin waits for progress, so this fails if it is not given up. */
    @Test
    void a_stream_without_end_of_what_nobody_wishes_for_is_given_up() {
        Cid root = folders(5, 5);
        ScriptedWeb server = server((request, wire) -> {
            if (request.target().contains("format=car")) {
                wire.begin(CAR);
                ByteArrayOutputStream header = new ByteArrayOutputStream();
                CarWriter writer = new CarWriter(header, List.of(root));
                writer.write(new Block(root, graphs.data(root)));
                wire.raw(Bytes.copyOf(header.toByteArray()));
                for (int i = 0; true; i++) {
                    Bytes junk = Bytes.copyOf(Arrays.copyOf(Integer.toString(i).getBytes(US_ASCII), 60_000));
                    header.reset();
                    writer.write(new Block(Cid.raw(junk), junk));
                    wire.raw(Bytes.copyOf(header.toByteArray()));
                }
            } else {
                block(request, wire);
            }
        });
        assertThat(fetch(root, STALL, config(true, STALL.multipliedBy(2)), server))
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
