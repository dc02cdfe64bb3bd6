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

/** The main job on real IPFS nodes: what the operator pins, volunteers who typed two commands come to hold. */
class MainJobIT {

    @RegisterExtension
    final Resources resources = new Resources();

    @TempDir
    private Path base = Path.of("");

    @Test
    void volunteers_hold_what_the_operator_pins_until_it_is_unpinned() throws IOException {
        List<KuboNode> nodes = KuboNode.startAll(3);
        nodes.forEach(resources::add);
        KuboNode operatorsNode = nodes.getFirst();
        List<KuboNode> volunteersNodes = nodes.subList(1, 3);
        volunteersNodes.forEach(node -> node.connectTo(operatorsNode)); // what the DHT does on the open network

        PeerProcess operator = resources.add(PeerProcess.founder(base, pinning(operatorsNode)));
        operator.start();
        String template = operator.service("template", "publish").orElseThrow();
        assertThat(template).startsWith("/ipns/");
        PeerProcess first = follower("volunteer1", template, volunteersNodes.getFirst());
        PeerProcess second = follower("volunteer2", template, volunteersNodes.getLast());
        assertThat(first.id().path("cluster_id")).isEqualTo(operator.id().path("cluster_id"));

        String file = operatorsNode.cli("add", "--quieter", "--cid-version=1", "--pin=false", file().toString());
        String folder = operatorsNode.cli("add", "--recursive", "--quieter", "--cid-version=1", "--pin=false",
                folder().toString());
        operator.ctl("pin", "add", "--no-status", "--name", "a file", file).orElseThrow();
        operator.ctl("pin", "add", "--no-status", "--name", "a folder", folder).orElseThrow();
        for (String cid : List.of(file, folder)) {
            nodes.forEach(node -> Eventually.holds(() -> assertThat(isPinned(node, cid)).isTrue()));
            for (KuboNode node : volunteersNodes) {
                node.cli("refs", "--offline", "--recursive", cid);
            }
            Eventually.holds(() -> assertThat(operator.ctl("status", cid).orElseThrow().split(": PINNED ", -1))
                    .as("status at all three")
                    .hasSize(4));
        }
        assertThat(volunteersNodes.getLast().cli("cat", "--offline", folder + "/deep/note.txt")).isEqualTo("a note");

        refused(first, "pin", "add", "--no-status", Cids.identity("a volunteer's wish"));
        refused(second, "pin", "rm", file);

        operator.ctl("pin", "rm", "--no-status", folder).orElseThrow();
        nodes.forEach(node -> Eventually.holds(() -> assertThat(isPinned(node, folder)).isFalse()));
        assertThat(nodes).allMatch(node -> isPinned(node, file));
        for (PeerProcess peer : List.of(operator, first, second)) {
            assertThat(peer.api().pinset()).containsExactly(file);
            assertThat(peer.daemon().stop()).as(peer.toString()).isZero();
        }
    }

    private PeerProcess follower(String name, String template, KuboNode node) {
        PeerProcess peer = resources.add(PeerProcess.follower(base, name, template, pinning(node)));
        peer.start();
        return peer;
    }

    /** {@code peer} is none that the cluster trusts, and says so in one sentence. */
    private static void refused(PeerProcess peer, String... command) {
        ProcessRunner.Result result = peer.ctl(command);
        assertThat(result.exit()).as(result.toString()).isEqualTo(2);
        assertThat(result.out() + result.err()).contains("Code: 403").contains("trusted");
    }

    private static boolean isPinned(KuboNode node, String cid) {
        return node.tryCli("pin", "ls", "--type=recursive", cid).exit() == 0;
    }

    private static String pinning(KuboNode node) {
        return "ipfs://" + node.apiHostPort();
    }

    private Path file() throws IOException {
        return Files.writeString(base.resolve("film.txt"), "scene\n".repeat(200_000));
    }

    private Path folder() throws IOException {
        Path folder = base.resolve("films");
        Files.createDirectories(folder.resolve("deep"));
        Files.writeString(folder.resolve("deep/note.txt"), "a note");
        Files.writeString(folder.resolve("one.txt"), "one");
        return folder;
    }
}
