package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.ProgramVersion;
import io.pinfold.follower.assembly.StandaloneNode;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.config.folder.SwarmKeyFile;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.ipfs.Backends;
import io.pinfold.ipfs.IpfsNode;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Opens an IPFS node for a command: the first backend, or where that is the one within the peer, one for the command's time. */
final class IpfsNodes {

    private IpfsNodes() {}

    /** What a command does with a node. */
    @FunctionalInterface
    interface Use<T> {
        T with(IpfsNode node) throws Complaint;
    }

    static <T> T use(PeerConfig config, SwarmKeyFile network, InstantSource clock, Use<T> use) throws Complaint {
        switch (config.pinning().backends().getFirst()) {
            case BackendAddress.Kubo kubo -> {
                try (IpfsNode node = Backends.open(kubo, config.pinning().patience(), clock, new SecureRandom())) {
                    return use.with(node);
                }
            }
            case BackendAddress.Embedded _ -> {
                try (StandaloneNode open = StandaloneNode.open(ProgramVersion.get(), config.ipfs(), network, clock)) {
                    return use.with(open.node());
                } catch (IOException e) {
                    throw new Complaint("error: no IPFS node for this command: " + e.getMessage(), ServiceExit.FAILED);
                }
            }
        }
    }
}
