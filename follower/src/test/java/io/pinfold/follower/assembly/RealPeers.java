package io.pinfold.follower.assembly;

import io.pinfold.chain.core.Genesis;
import io.pinfold.follower.config.ConfigLoader;
import io.pinfold.follower.config.ConfigResult;
import io.pinfold.follower.config.ConfigSources;
import io.pinfold.follower.config.Schema;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.testing.TestKeys;
import io.pinfold.trust.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Starts peers of one cluster as the program does, in this process, on loopback. */
record RealPeers(Path base, Genesis genesis) {

    /** The peer with the key of that number, whose pins are kept on {@code backend}; the caller closes it. */
    Peer start(int key, String backend, List<Multiaddr> bootstrap) throws IOException {
        PeerStart start = tryToStart(key, backend, bootstrap);
        assertThat(start).isInstanceOf(PeerStart.Started.class);
        return ((PeerStart.Started) start).peer();
    }

    /** The same, which may fail. */
    PeerStart tryToStart(int key, String backend, List<Multiaddr> bootstrap) throws IOException {
        Path folder = Files.createDirectories(folder(key));
        var sources = new ConfigSources(Map.of(), folder.resolve("service.json"), Map.of(),
                List.of("cluster.listen=/ip4/127.0.0.1/tcp/0", "pinning.backends=" + backend));
        ConfigResult config = new ConfigLoader(new Schema("host" + key)).load(sources);
        assertThat(config).isInstanceOf(ConfigResult.Loaded.class);
        return Peer.start(new PeerSetup(folder, new Identity(TestKeys.key(key)), genesis, bootstrap, List.of(),
                ((ConfigResult.Loaded) config).config(), "test"));
    }

    /** Where the files of the peer with the key of that number are. */
    Path folder(int key) {
        return base.resolve("peer" + key);
    }

    /** Where others reach {@code peer}, which has the key of that number. */
    static List<Multiaddr> addresses(Peer peer, int key) {
        return peer.listenAddresses()
                .stream()
                .map(address -> address.withoutPeer().withPeer(TestKeys.peerId(key)))
                .toList();
    }

    /** The peers that {@code peer} has heard of, itself among them. */
    static List<PeerId> known(Peer peer) {
        List<PeerId> known = new ArrayList<>();
        peer.view().directory().peers(info -> known.add(info.id()));
        return known;
    }
}
