package io.pinfold.cli.e2e;

import io.pinfold.testkit.KuboNode;
import io.pinfold.testkit.ProcessRunner;
import io.pinfold.testkit.Resources;
import io.pinfold.testkit.programs.PeerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Volunteers who have nothing but this program: their IPFS nodes are within their peers. */
class EmbeddedNodeIT {

    private static final String EMBEDDED = "ipfs://__context";

    @RegisterExtension
    final Resources resources = new Resources();

    @TempDir
    private Path base = Path.of("");

    @Test
    void volunteers_need_one_program_and_have_content_from_one_another() throws IOException {
        KuboNode kubo = resources.add(KuboNode.start());
        PeerProcess operator = resources.add(PeerProcess.founder(base, "ipfs://" + kubo.apiHostPort()));
        operator.start();
        String name = operator.service("template", "publish").orElseThrow() + "?via="
                + kubo.swarmAddresses().getFirst();
        PeerProcess first = follower("volunteer1", name);
        String folder = kubo.cli("add", "--recursive", "--quieter", "--cid-version=1", "--pin=false",
                Films.in(base).toString());
        operator.ctl("pin", "add", "--no-status", folder).orElseThrow();
        awaitPinned(first, folder);

        kubo.kill();
        PeerProcess second = follower("volunteer2", Files.writeString(base.resolve("template.json"),
                first.service("template", "show").orElseThrow()).toString());
        awaitPinned(second, folder);

        first.daemon().kill();
        first.start();
        awaitPinned(first, folder);
        assertThat(operator.ctl("pin", "rm", "--no-status", folder).exit()).isZero();
        for (PeerProcess volunteer : List.of(first, second)) {
            Eventually.holds(() -> assertThat(status(volunteer, folder)).isEqualTo("unpinned"));
            assertThat(volunteer.daemon().stop()).as(volunteer.toString()).isZero();
        }
    }

    @Test
    void a_peer_publishes_the_template_through_its_own_node() {
        PeerProcess operator = resources.add(PeerProcess.founder(base, EMBEDDED));
        assertThat(operator.service("template", "publish").err()).contains("start it with cluster-service daemon");
        operator.start();
        ProcessRunner.Result published = operator.service("template", "publish");
        String name = published.orElseThrow();
        assertThat(name).startsWith("/ipns/k51");
        assertThat(operator.service("template", "publish").orElseThrow()).as("the name stays").isEqualTo(name);
        String via = "/ip4/127.0.0.1/tcp/" + operator.swarmPort() + "/p2p/" + operator.id().path("id").asString();
        assertThat(published.err()).contains("cluster-service init --template '" + name + "?via=" + via + "'");
        PeerProcess volunteer = follower("volunteer", name + "?via=" + via);
        assertThat(volunteer.id().path("cluster_id")).isEqualTo(operator.id().path("cluster_id"));
        Eventually.holds(() -> assertThat(operator.api().json("/id").path("cluster_peers").size()).isEqualTo(2));
    }

    private PeerProcess follower(String name, String template) {
        PeerProcess peer = resources.add(PeerProcess.follower(base, name, template, EMBEDDED));
        peer.start();
        return peer;
    }

    private static void awaitPinned(PeerProcess peer, String cid) {
        Eventually.holds(() -> assertThat(status(peer, cid)).as(peer.toString()).isEqualTo("pinned"));
    }

    private static String status(PeerProcess peer, String cid) {
        return peer.api()
                .json("/pins/" + cid + "?local=true")
                .path("peer_map")
                .iterator()
                .next()
                .path("status")
                .asString();
    }
}
