package io.pinfold.follower.peers;

import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.testing.TestKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class KnownPeersFileTest {

    private static final Multiaddr ADDRESS = Multiaddr.parse("/ip4/127.0.0.1/tcp/9096").orElseThrow();

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsRead() {
        var file = new KnownPeersFile(folder.resolve("peers"));
        assertThat(file.exists()).isFalse();
        assertThat(file.read()).isEmpty();
        file.write(Map.of(TestKeys.peerId(1), List.of(ADDRESS), TestKeys.peerId(2), List.of(ADDRESS)));
        assertThat(file.exists()).isTrue();
        assertThat(file.read()).isEqualTo(Map.of(TestKeys.peerId(1), List.of(ADDRESS.withPeer(TestKeys.peerId(1))),
                TestKeys.peerId(2), List.of(ADDRESS.withPeer(TestKeys.peerId(2)))));
    }

    @Test
    void rubbishInTheFileIsPassedOver() throws IOException {
        Path path = folder.resolve("peers");
        Files.writeString(path,
                "\n\u0000\n/ip4/1.2.3.4/tcp/1\nnonsense\n" + ADDRESS.withPeer(TestKeys.peerId(1)) + "\n");
        assertThat(new KnownPeersFile(path).read()).containsOnlyKeys(TestKeys.peerId(1));
    }

    @Test
    void theFileIsBoundedAndAnUnwritableOneHarmless() {
        var file = new KnownPeersFile(folder.resolve("peers"));
        file.write(Map.of(TestKeys.peerId(1), Collections.nCopies(100, ADDRESS)));
        assertThat(file.read().get(TestKeys.peerId(1))).hasSize(KnownPeersFile.MAX_ADDRESSES);
        new KnownPeersFile(folder.resolve("missing").resolve("peers")).write(Map.of());
    }
}
