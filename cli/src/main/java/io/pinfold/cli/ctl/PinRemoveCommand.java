package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code pin rm}. */
@Command(name = "rm", description = "take a CID, or what a path leads to, out of the pinset; shows its status a second later")
final class PinRemoveCommand extends ApiCommand {

    @Parameters(paramLabel = "CID|PATH", description = "a CID, or a path that begins with /ipfs/ or /ipns/")
    private String subject = "";

    @Mixin
    private Afterwards afterwards = new Afterwards();

    @Override
    int run(Session session) throws Complaint, InterruptedException {
        return afterwards.run(session, Arguments.about("DELETE", subject), Target.UNPINNED);
    }
}
