package io.pinfold.cli.service;

import io.pinfold.chain.core.Genesis;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.Logging;
import io.pinfold.cli.console.ProgramVersion;
import io.pinfold.cli.service.daemon.DaemonPlan;
import io.pinfold.cli.service.daemon.DaemonRunner;
import io.pinfold.cli.service.daemon.DaemonRunner.Daemon;
import io.pinfold.cli.service.daemon.DaemonRunner.Start;
import io.pinfold.cli.service.daemon.StopSignal;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.config.folder.ConfigFolder;
import io.pinfold.follower.config.folder.FolderLock;
import io.pinfold.templates.Template;
import io.pinfold.trust.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code daemon}. */
@Command(name = "daemon", description = "run the peer until it is told to stop (SIGTERM, SIGINT or SIGHUP)")
public final class DaemonCommand extends FolderCommand {

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "set a key of the configuration for this run; may be repeated")
    private List<String> options = new ArrayList<>();

    @Option(names = "--alone", description = "sign without having heard another peer since the start; only if there is no"
            + " other, or none that knows more than this folder")
    private boolean alone;

    @Override
    void run(Service service, PeerFolder folder) throws Complaint, InterruptedException {
        List<String> all = new ArrayList<>(options);
        if (alone) {
            all.add("trust.alone=true");
        }
        run(service.console(), folder, all, service.runner(), service.signal());
    }

    /** Runs the peer of {@code folder} until {@code signal}. */
    public static void run(Console console, PeerFolder folder, List<String> options, DaemonRunner runner,
            StopSignal signal)
            throws Complaint, InterruptedException {
        ConfigFolder opened = folder.open();
        try (FolderLock _ = PeerFolder.lock(opened)) {
            Identity identity = folder.requireIdentity();
            Genesis genesis = folder.requireGenesis();
            Optional<Template> template = folder.template();
            PeerConfig config = new Configuration(console, folder).load(template, options).config();
            Logging.level(config.log().level().name());
            DaemonPlan plan = new DaemonPlan(folder.path(), identity, genesis,
                    template.map(Template::bootstrap).orElse(List.of()), template.map(Template::ipfs).orElse(List.of()),
                    config, ProgramVersion.get());
            try (Daemon daemon = started(runner.start(plan))) {
                console.complain("peer " + identity.id() + " of the cluster " + genesis.name() + " runs; "
                        + (daemon.apiAddresses().isEmpty()
                                ? "it has no API"
                                : "its API listens at " + String.join(", ", daemon.apiAddresses())));
                signal.await();
                console.complain("stopping");
            }
        }
    }

    private static Daemon started(Start start) throws Complaint {
        return switch (start) {
            case Start.Running(Daemon daemon) -> daemon;
            case Start.CannotListen(String address, String detail) -> throw new Complaint("error: cannot listen at "
                    + address + ": " + detail + "; set another address, or end what uses the port",
                    ServiceExit.PORT_IN_USE);
            case Start.Unusable(String sentence) ->
                throw new Complaint("error: " + sentence, ServiceExit.CONFIGURATION);
        };
    }
}
