package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pin add}. */
@Command(name = "add", description = "put a CID, or what a path leads to, into the pinset; shows its status a second later")
final class PinAddCommand extends ApiCommand {

    @Parameters(paramLabel = "CID|PATH", description = "a CID, or a path that begins with /ipfs/ or /ipns/")
    private String subject = "";

    @Option(names = {"-r", "--replication"}, paramLabel = "N", description = "at how many peers; -1 for everywhere")
    private @Nullable Integer replication;

    @Mixin
    private PinChoices choices = new PinChoices();

    @Mixin
    private Afterwards afterwards = new Afterwards();

    @Override
    int run(Session session) throws Complaint, InterruptedException {
        return afterwards.run(session, choices.addTo(Arguments.about("POST", subject), replication), Target.PINNED);
    }
}
