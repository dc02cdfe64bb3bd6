package io.pinfold.cli.service;

import io.pinfold.chain.core.Genesis;
import io.pinfold.cli.console.CommandGroup;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.ProgressLine;
import io.pinfold.follower.config.folder.FolderLock;
import io.pinfold.follower.offline.Flaw;
import io.pinfold.follower.offline.FolderUnusableException;
import io.pinfold.follower.offline.OfflineState;
import io.pinfold.follower.offline.OfflineState.Report;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code state}. */
@Command(name = "state", description = "the pinset in the peer's folder, while no peer runs on it", subcommands = {
    StateExportCommand.class, StateImportCommand.class, StateCommand.Verify.class, StateCommand.Rebuild.class})
final class StateCommand extends CommandGroup {

    /** Goes through the chain and tells what came of it. */
    private abstract static class Replaying extends FolderCommand {

        abstract Report replay(OfflineState state, ProgressLine line) throws FolderUnusableException;

        abstract String success(Report report);

        abstract String failure(Report report);

        @Override
        final void run(Service service, PeerFolder folder) throws Complaint {
            try (FolderLock _ = PeerFolder.lock(folder.open())) {
                Genesis genesis = folder.requireGenesis();
                ProgressLine line = new ProgressLine(service.console(), "blocks checked");
                Report report = replay(new OfflineState(folder.path(), genesis, service.console().clock()), line);
                line.end();
                service.printout().show(text(report), json(report));
                if (!report.flaws().isEmpty()) {
                    throw new Complaint("error: " + failure(report), ServiceExit.STATE_DIFFERS);
                }
            } catch (FolderUnusableException e) {
                throw new Complaint("error: " + e.sentence(), ServiceExit.CONFIGURATION);
            }
        }

        private String text(Report report) {
            String result = report.flaws().isEmpty()
                    ? success(report)
                    : report.flaws().stream().map(Flaw::detail).collect(Collectors.joining("\n        "));
            return "blocks: " + report.height() + (report.height() < report.blocks() ? " of " + report.blocks() : "")
                    + "\npins:   " + report.pins() + "\nresult: " + result + '\n';
        }

        private static ObjectNode json(Report report) {
            ObjectNode json = JsonNodeFactory.instance.objectNode()
                    .put("ok", report.flaws().isEmpty())
                    .put("blocks", report.blocks())
                    .put("height", report.height())
                    .put("pins", report.pins());
            ArrayNode flaws = json.putArray("flaws");
            for (Flaw flaw : report.flaws()) {
                ObjectNode one = flaws.addObject().put("height", flaw.height());
                flaw.cid().ifPresent(cid -> one.put("cid", cid.toString()));
                one.put("detail", flaw.detail());
            }
            return json;
        }
    }

    /** {@code state verify}. */
    @Command(name = "verify", description = "replay the chain, check every hash and signature, and compare with the saved state;"
            + " ends with code 9 where they differ")
    static final class Verify extends Replaying {

        @Override
        Report replay(OfflineState state, ProgressLine line) throws FolderUnusableException {
            return state.verify(line::at);
        }

        @Override
        String success(Report report) {
            return "the state is what the chain says";
        }

        @Override
        String failure(Report report) {
            return "chain and state do not agree; 'state rebuild' makes the state from the chain, and a running peer"
                    + " fetches damaged blocks from others";
        }
    }

    /** {@code state rebuild}. */
    @Command(name = "rebuild", description = "build the state anew from the chain, checking every hash and signature; a chain"
            + " with a flaw leaves the old one in its place")
    static final class Rebuild extends Replaying {

        @Override
        Report replay(OfflineState state, ProgressLine line) throws FolderUnusableException {
            return state.rebuild(line::at);
        }

        @Override
        String success(Report report) {
            return "the state was built anew";
        }

        @Override
        String failure(Report report) {
            return "the chain has a flaw and the state stays as it was; a running peer fetches damaged blocks from others";
        }
    }
}
