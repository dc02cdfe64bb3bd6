package io.pinfold.testkit;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KuboNodeIT {

    @Test
    void nodesKnowNobodyUntilConnectedAndShareContentThen() throws Exception {
        List<KuboNode> nodes = KuboNode.startAll(2);
        try (KuboNode one = nodes.get(0); KuboNode two = nodes.get(1)) {
            assertThat(one.cli("swarm", "peers")).isEmpty();
            assertThat(one.cli("bootstrap", "list")).isEmpty();
            assertThat(one.swarmAddresses()).allMatch(address -> address.startsWith("/ip4/127.0.0.1/tcp/"));
            var file = Files.writeString(Files.createTempFile("kubo", "it"), "hello");
            String cid = one.cli("add", "-Q", "--cid-version=1", file.toString());
            Files.delete(file);
            assertThat(two.tryCli("--timeout=300ms", "cat", cid).exit()).isNotZero();
            one.connectTo(two);
            assertThat(two.cli("--timeout=20s", "cat", cid)).isEqualTo("hello");
        }
    }

    @Test
    void killedNodeIsBackWithItsPortsAndContent() {
        try (KuboNode node = KuboNode.start()) {
            String api = node.apiMultiaddr();
            List<String> swarm = node.swarmAddresses();
            node.cli("pin", "add", "bafkqaaa");
            node.kill();
            assertThat(node.isAlive()).isFalse();
            node.restart();
            assertThat(node.apiMultiaddr()).isEqualTo(api);
            assertThat(node.swarmAddresses()).isEqualTo(swarm);
            assertThat(node.cli("pin", "ls", "--type=recursive", "-q")).contains("bafkqaaa");
            node.stop();
            assertThat(node.isAlive()).isFalse();
        }
    }
}
