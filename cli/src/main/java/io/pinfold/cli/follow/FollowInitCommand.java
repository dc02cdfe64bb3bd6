package io.pinfold.cli.follow;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Values;
import io.pinfold.cli.service.BackendOption;
import io.pinfold.cli.service.Initialisation;
import io.pinfold.cli.service.ServiceExit;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.multiformats.Cid;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code NAME init}. */
@Command(name = "init", description = "make the folder, from the cluster's template")
final class FollowInitCommand extends FollowCommand {

    @Parameters(paramLabel = "SOURCE", description = "the template: /ipns/NAME, /ipfs/CID, https://… or a file")
    private String source = "";

    @Option(names = "--expect-cluster", paramLabel = "ID", description = "refuse a template of any other cluster")
    private @Nullable String expected;

    @Option(names = "--pinning", paramLabel = "BACKEND", description = "where content is kept, as in ipfs://127.0.0.1:5001 for a Kubo node (default: "
            + BackendAddress.EMBEDDED + ", the IPFS node within the peer)")
    private List<String> pinning = new ArrayList<>();

    @Option(names = "--swarm-key", paramLabel = "FILE", description = "be in the private network of this key, a file as Kubo's swarm.key")
    private @Nullable Path swarmKey;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "set a key of the configuration; may be repeated")
    private List<String> options = new ArrayList<>();

    @Override
    int run(Follow follow) throws Complaint {
        Optional<Cid> cluster = expected == null
                ? Optional.empty()
                : Optional.of(Values.of("--expect-cluster " + expected, Cid.parse(expected), ServiceExit.USAGE));
        init(follow, source, cluster, BackendOption.with(options, pinning, follow.peer()),
                Optional.ofNullable(swarmKey));
        return ServiceExit.OK;
    }

    /** Makes the folder; it listens on ports that are free now, so that several clusters can be followed. */
    static void init(Follow follow, String source, Optional<Cid> cluster, List<String> options,
            Optional<Path> swarmKey) throws Complaint {
        if (follow.peer().isMade()) {
            throw new Complaint("error: the cluster " + follow.name() + " is followed already; its folder is "
                    + follow.peer().path(), ServiceExit.CONFIGURATION);
        }
        List<String> all = new ArrayList<>(List.of("cluster.listen=/ip4/0.0.0.0/tcp/0",
                "api.rest.listen=/ip4/127.0.0.1/tcp/" + freePort()));
        all.addAll(options);
        follow.console()
                .out()
                .print(new Initialisation(follow.console(), follow.peer(), all, swarmKey).join(source, cluster).text());
        follow.console().out().println("Next:         cluster-follow " + follow.name() + " run");
    }

    private static int freePort() throws Complaint {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new Complaint("error: no port is free: " + e.getMessage(), ServiceExit.PORT_IN_USE);
        }
    }
}
