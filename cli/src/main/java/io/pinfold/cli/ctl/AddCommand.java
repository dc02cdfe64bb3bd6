package io.pinfold.cli.ctl;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.TransferLine;
import io.pinfold.cli.console.Values;
import io.pinfold.cli.ctl.rest.RestOutcome;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.StatusText;
import io.pinfold.cli.files.FilesBody;
import io.pinfold.cli.files.LocalFiles;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code add}. */
@Command(name = "add", description = "put files and folders into the cluster: the peer stores and pins them, and the others fetch them from it")
final class AddCommand extends ApiCommand {

    @Parameters(paramLabel = "PATH", arity = "1..*", description = "files and folders, - for standard input; several are put into one folder")
    private List<String> paths = new ArrayList<>();

    @Option(names = {"-r", "--recursive"}, description = "take folders with all that is in them")
    private boolean recursive;

    @Option(names = {"-H", "--hidden"}, description = "also what begins with a dot, within folders")
    private boolean hidden;

    @Option(names = {"-w", "--wrap-with-directory"}, description = "make a folder around it, which keeps its name")
    private boolean wrap;

    @Option(names = {"-q", "--quiet"}, description = "show only CIDs")
    private boolean quiet;

    @Option(names = {"-Q", "--quieter"}, description = "show only the CID of the root")
    private boolean quieter;

    @Option(names = "--no-stream", description = "show everything when it is done")
    private boolean noStream;

    @Option(names = "--wait", description = "wait until the IPFS nodes hold it")
    private boolean wait;

    @Option(names = {"--wait-timeout",
        "--wt"}, paramLabel = "TIME", description = "longest time to wait (default: for ever)")
    private String waitTimeout = "0";

    @Mixin
    private AddChoices layout = new AddChoices();

    @Mixin
    private PinChoices pin = new PinChoices();

    @Override
    int run(Session session) throws Complaint, InterruptedException {
        Duration timeout = Values.duration("--wait-timeout " + waitTimeout, waitTimeout, ExitCode.LOCAL);
        RestRequest request = pin.addTo(layout.addTo(RestRequest.post("/add")), null)
                .with("recursive", recursive ? "true" : "")
                .with("hidden", hidden ? "true" : "")
                .with("wrap-with-directory", wrap || paths.size() > 1 ? "true" : "")
                .with("progress", noStream ? "" : "true")
                .with("stream-channels", noStream ? "false" : "");
        LocalFiles files = new LocalFiles(paths, hidden, session.console().in());
        check(files);
        AddedLines lines;
        RestOutcome outcome;
        try (TransferLine line = new TransferLine(session.console(), "adding", files.bytes(session.console()))) {
            lines = new AddedLines(session, style(), line);
            outcome = session.api().send(request, new FilesBody(files, new SecureRandom(), line::add), lines);
            if (outcome instanceof RestOutcome.Done) {
                lines.end();
            }
        }
        int code = session.printer().end(outcome);
        return code == ExitCode.OK && wait ? await(session, lines, timeout) : code;
    }

    private AddedLines.Style style() {
        if (quieter) {
            return AddedLines.Style.ROOT;
        }
        return quiet ? AddedLines.Style.CIDS : AddedLines.Style.ALL;
    }

    /** What can be told before anything is sent. */
    private void check(LocalFiles files) throws Complaint {
        if (wait && !layout.isPinned()) {
            throw new Complaint("error: --wait has nothing to wait for with --no-pin", ExitCode.LOCAL);
        }
        if (layout.isCar() && paths.size() > 1) {
            throw new Complaint("error: --format car takes one PATH, and the only root in it is pinned",
                    ExitCode.LOCAL);
        }
        for (String path : paths) {
            if (path.startsWith("http://") || path.startsWith("https://")) {
                throw new Complaint("error: " + path + ": fetch it yourself, as in curl URL | cluster-ctl add -",
                        ExitCode.LOCAL);
            }
        }
        files.check(recursive && !layout.isCar(), wrap || paths.size() > 1, ExitCode.LOCAL);
    }

    /** Waits as {@code pin add} does, for as many peers as the pin asks for. */
    private static int await(Session session, AddedLines lines, Duration timeout)
            throws Complaint, InterruptedException {
        String root = lines.root();
        int limit = session.ask(RestRequest.get("/allocations", root))
                .value()
                .map(found -> found.path("replication_factor_min").asInt(0))
                .orElse(0);
        Session.Answer reached = new Waiting(session, Target.PINNED, limit, timeout)
                .until(RestRequest.get("/pins", root));
        if (reached.value().isPresent() && lines.tellsStatus()) {
            session.printer().value(reached.value().get(), new StatusText(session.console().outIsTerminal()));
        }
        return session.printer().end(reached.outcome());
    }
}
