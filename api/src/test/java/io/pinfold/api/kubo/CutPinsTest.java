package io.pinfold.api.kubo;

import io.pinfold.api.RawHttp;
import io.pinfold.api.SmallNode;
import io.pinfold.api.TestServer;
import io.pinfold.api.http.Cors;
import io.pinfold.api.http.HttpConfig;
import io.pinfold.ipfs.IpfsNode;
import io.pinfold.ipfsnode.pins.Pin;
import io.pinfold.ipfsnode.pins.PinStatus;
import io.pinfold.ipfsnode.view.ArchiveView;
import io.pinfold.ipfsnode.view.BlockView;
import io.pinfold.ipfsnode.view.FileView;
import io.pinfold.ipfsnode.view.NameRecord;
import io.pinfold.ipfsnode.view.NeighbourView;
import io.pinfold.ipfsnode.view.NodeView;
import io.pinfold.ipfsnode.view.PinView;
import io.pinfold.ipfsnode.view.RepositoryView;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A node with more below its pins than a walk remembers: what it lists of them is not passed off as all. */
class CutPinsTest {

    private SmallNode node;
    private TestServer server;

    @BeforeEach
    void start() {
        node = new SmallNode();
        server = TestServer.of(new HttpConfig(List.of(TestServer.LOOPBACK), Map.of(), Cors.NONE, Map.of(),
                HttpConfig.Limits.DEFAULT, new HttpConfig.Manner(false, true, true)),
                KuboApi.routes(new CutNode(node.view())));
    }

    @AfterEach
    void stop() {
        server.close();
        node.close();
    }

    @Test
    void says_that_the_list_is_cut() throws IOException {
        assertThat(ask("pin/ls").body()).contains("too many blocks below pins", "\"Type\":\"error\"");
        assertThat(ask("pin/ls?stream=true").trailers()).containsKey("x-stream-error");
        assertThat(ask("pin/ls?type=recursive").body()).contains(node.root + "\":{\"Type\":\"recursive\"");
    }

    @Test
    void knows_an_indirect_pin_whose_root_is_not_found() throws IOException {
        assertThat(ask("pin/ls?arg=" + node.hello).body()).contains(node.hello + "\":{\"Type\":\"indirect\"");
    }

    private RawHttp.Answer ask(String command) throws IOException {
        return server.http().ask("POST", "/api/v0/" + command);
    }

    private record CutPins(PinView whole) implements PinView {

        @Override
        public PinStatus status(Cid cid) {
            return whole.status(cid);
        }

        @Override
        public void forEach(Consumer<Pin> each) {
            whole.forEach(each);
        }

        @Override
        public boolean forEachIndirect(Consumer<Cid> each) {
            whole.forEachIndirect(each);
            return false;
        }

        @Override
        public Optional<Cid> keeperOf(Cid cid) {
            return Optional.empty();
        }
    }

    private record CutNode(NodeView whole) implements NodeView {

        @Override
        public IpfsNode node() {
            return whole.node();
        }

        @Override
        public BlockView blocks() {
            return whole.blocks();
        }

        @Override
        public FileView files() {
            return whole.files();
        }

        @Override
        public ArchiveView archives() {
            return whole.archives();
        }

        @Override
        public PinView pins() {
            return new CutPins(whole.pins());
        }

        @Override
        public RepositoryView repository() {
            return whole.repository();
        }

        @Override
        public NeighbourView neighbours() {
            return whole.neighbours();
        }

        @Override
        public Optional<NameRecord> record(PeerId name) {
            return whole.record(name);
        }
    }
}
