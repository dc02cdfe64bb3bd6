package io.pinfold.cli.service;

import io.pinfold.api.doors.IpfsDoors;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.ProgramVersion;
import io.pinfold.cli.service.daemon.StopSignal;
import io.pinfold.cli.service.ipfs.IpfsContext.Work;
import io.pinfold.cli.service.ipfs.NodeClient;
import io.pinfold.follower.assembly.PeerFiles;
import io.pinfold.follower.assembly.StandaloneNode;
import io.pinfold.follower.config.DoorsConfig;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.config.folder.FolderLock;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.trust.Identity;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reaches the IPFS node within a peer: through the peer if it runs, else by opening the node in its folder, which is locked meanwhile.
 * Either way it is spoken to over a socket, by the same routes.
 */
final class OwnNode {

    /** The longest path that a socket can have everywhere, in bytes. */
    private static final int MAX_SOCKET_PATH = 103;
    /** The socket of a node that a command has opened, in the peer's folder. */
    private static final String PRIVATE_SOCKET = "ipfs-cmd.sock";

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
        Identity identity = folder.requireIdentity();
        PeerConfig config = new Configuration(console, folder).load(List.of());
        if (config.pinning().backends().getFirst() instanceof BackendAddress.Kubo kubo) {
            throw new Complaint("error: this peer keeps its content on the IPFS node at " + kubo
                    + "; use that node's own 'ipfs' command", ServiceExit.CONFIGURATION);
        }
        Path socket = checked(new PeerFiles(folder.path()).ipfsSocket());
        if (answers(socket)) {
            return with(new NodeClient(socket, false), work);
        }
        try (FolderLock _ = lock()) {
            return alone(identity, config, work);
        }
    }

    private FolderLock lock() throws Complaint {
        try {
            return PeerFolder.lock(folder.open());
        } catch (Complaint e) {
            throw e.exitCode() == ServiceExit.FOLDER_IN_USE
                    ? new Complaint(e.sentence() + ", which does not answer at "
                            + new PeerFiles(folder.path()).ipfsSocket()
                            + "; if that is a peer that has just been started or another command, try again in a moment",
                            ServiceExit.FOLDER_IN_USE)
                    : e;
        }
    }

    private <T> T alone(Identity identity, PeerConfig config, Work<T> work) throws Complaint {
        Path socket = checked(folder.path().resolve(PRIVATE_SOCKET));
        return switch (StandaloneNode.openIn(folder.path(), identity.key(), ProgramVersion.get(), config.ipfs(),
                console.clock())) {
            case StandaloneNode.InFolder.Unusable(String detail) -> throw new Complaint(
                    "error: the IPFS node of " + folder.path() + " cannot be used: " + detail,
                    ServiceExit.CONFIGURATION);
            case StandaloneNode.InFolder.Opened(StandaloneNode node) -> {
                try (node) {
                    yield served(node, socket, work);
                }
            }
        };
    }

    private <T> T served(StandaloneNode node, Path socket, Work<T> work) throws Complaint {
        return switch (IpfsDoors.open(node, DoorsConfig.NONE, socket)) {
            case IpfsDoors.Opened.Refused(String _, String address, String why) -> throw new Complaint(
                    "error: no socket at " + address + ": " + why, ServiceExit.FOLDER_UNUSABLE);
            case IpfsDoors.Opened.Open(IpfsDoors doors) -> {
                try (doors) {
                    yield with(new NodeClient(socket, true), work);
                }
            }
        };
    }

    private Path checked(Path socket) throws Complaint {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length > MAX_SOCKET_PATH) {
            throw new Complaint("error: the path of " + folder.path()
                    + " is too long for a socket in it; make a shorter symbolic link to it and name that by --config",
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
