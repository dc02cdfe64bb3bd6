package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.Values;
import io.pinfold.ipfs.BackendAddress;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code init}. */
@Command(name = "init", description = "make the peer's folder: for a new cluster, or with --template for an existing one")
final class InitCommand extends FolderCommand {

    @Option(names = "--template", paramLabel = "SOURCE", description = "join the cluster of this template: /ipns/NAME, /ipfs/CID, https://… or a file")
    private @Nullable String template;

    @Option(names = "--expect-cluster", paramLabel = "ID", description = "refuse a template of any other cluster")
    private @Nullable String expected;

    @Option(names = "--name", paramLabel = "NAME", description = "the new cluster's name (default: pinfold)")
    private @Nullable String name;

    @Option(names = "--trust", paramLabel = "PEER", description = "trust this peer's key in the new cluster, beside this peer's own; may be repeated")
    private List<String> trust = new ArrayList<>();

    @Option(names = "--pinning", paramLabel = "BACKEND", description = "where content is kept, as in ipfs://127.0.0.1:5001 for a Kubo node (default: "
            + BackendAddress.EMBEDDED + ", the IPFS node within the peer); may be repeated")
    private List<String> pinning = new ArrayList<>();

    @Option(names = "--swarm-key", paramLabel = "FILE", description = "be in the private network of this key, a file as Kubo's swarm.key: cluster and IPFS node reach only who has it too")
    private @Nullable Path swarmKey;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "set a key of the configuration, as in api.rest.listen=/ip4/127.0.0.1/tcp/9194; may be repeated")
    private List<String> options = new ArrayList<>();

    @Override
    void run(Service service, PeerFolder folder) throws Complaint {
        init(service.console(), service.printout(), folder);
    }

    private void init(Console console, Printout printout, PeerFolder folder) throws Complaint {
        List<String> all = BackendOption.with(options, pinning, folder);
        if (template != null && (name != null || !trust.isEmpty())) {
            throw new Complaint("error: --name and --trust are for a new cluster; the template's has its own",
                    ServiceExit.USAGE);
        }
        if (template == null && expected != null) {
            throw new Complaint("error: --expect-cluster goes with --template", ServiceExit.USAGE);
        }
        Initialisation init = new Initialisation(console, folder, all, Optional.ofNullable(swarmKey));
        ClusterCard card = template == null
                ? init.found(Optional.ofNullable(name).orElse("pinfold"), keys())
                : init.join(template, expectation());
        printout.show(card.text(), card.json());
    }

    private List<PeerId> keys() throws Complaint {
        List<PeerId> keys = new ArrayList<>();
        for (String text : trust) {
            keys.add(Values.of("--trust " + text, PeerId.parse(text), ServiceExit.USAGE));
        }
        return keys;
    }

    private Optional<Cid> expectation() throws Complaint {
        return expected == null
                ? Optional.empty()
                : Optional.of(Values.of("--expect-cluster " + expected, Cid.parse(expected), ServiceExit.USAGE));
    }
}
