package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.service.daemon.StopSignal;
import io.pinfold.cli.service.ipfs.IpfsContext.Work;
import io.pinfold.cli.service.ipfs.NodeClient;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.ipfs.BackendAddress;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Reaches the IPFS node within a peer: through the peer if it runs, else by opening the node in its folder. */
final class OwnNode {

    /** Where a running peer's node is reached, in the peer's folder. */
    private static final String SOCKET = "ipfs.sock";
    /** The longest path that a socket can have everywhere, in bytes. */
    private static final int MAX_SOCKET_PATH = 103;

    private final Console console;
    private final PeerFolder folder;
    private final StopSignal signal;

    OwnNode(Console console, PeerFolder folder, StopSignal signal) {
        this.console = console;
        this.folder = folder;
        this.signal = signal;
    }

    /** Does {@code work} with the node; it is ended when the program is told to stop. */
    <T> T use(Work<T> work) throws Complaint {
        folder.open();
        folder.requireIdentity();
        PeerConfig config = new Configuration(console, folder).load(List.of());
        if (config.pinning().backends().getFirst() instanceof BackendAddress.Kubo kubo) {
            throw new Complaint("error: this peer keeps its content on the IPFS node at " + kubo
                    + "; use that node's own 'ipfs' command", ServiceExit.CONFIGURATION);
        }
        Path socket = socket(SOCKET);
        if (answers(socket)) {
            return with(new NodeClient(socket, false), work);
        }
        throw new Complaint("error: no peer runs on " + folder.path() + "; cluster-service daemon starts it",
                ServiceExit.FAILED);
    }

    private Path socket(String name) throws Complaint {
        Path socket = folder.path().resolve(name);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
            throw new Complaint("error: the path of " + folder.path()
                    + " is too long for a socket in it; name it by a symbolic link: --config LINK",
                    ServiceExit.FOLDER_UNUSABLE);
        }
        return socket;
    }

    private static boolean answers(Path socket) {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return true;
        } catch (IOException _) {
            return false; // nobody listens, or never did
        }
    }

    private <T> T with(NodeClient node, Work<T> work) throws Complaint {
        Thread stopper = Thread.ofVirtual().name("stop the command").start(() -> {
            try {
                signal.await();
                node.stop();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        try {
            return work.with(node);
        } finally {
            stopper.interrupt();
        }
    }
}
