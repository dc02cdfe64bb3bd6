package io.pinfold.cli.ctl;

import io.pinfold.cli.console.CommandGroup;
import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.ctl.rest.RestRequest;
import io.pinfold.cli.ctl.text.AlertText;
import io.pinfold.cli.ctl.text.GraphText;
import io.pinfold.cli.ctl.text.MetricText;
import io.pinfold.cli.ctl.text.TextForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code health}. */
@Command(name = "health", description = "how the cluster is doing", subcommands = {HealthCommand.Metrics.class,
    HealthCommand.Alerts.class, HealthCommand.Graph.class})
final class HealthCommand extends CommandGroup {

    /** {@code health metrics}. */
    @Command(name = "metrics", description = "the names of the metrics, or what the peers say of one")
    static final class Metrics extends ApiCommand {

        @Parameters(arity = "0..1", paramLabel = "NAME", description = "a metric")
        private String name = "";

        @Override
        int run(Session session) throws Complaint {
            if (!name.matches("[A-Za-z0-9_.:-]*")) {
                throw new Complaint("error: metric " + name + ": not a name of a metric", ExitCode.LOCAL);
            }
            return name.isEmpty()
                    ? session.show(RestRequest.get("/monitor/metrics"),
                            TextForm.eachOf(item -> item.asString("") + "\n"))
                    : session.show(RestRequest.get("/monitor/metrics", name),
                            TextForm.eachOf(new MetricText(session.console().clock())));
        }
    }

    /** {@code health graph}. */
    @Command(name = "graph", description = "who is connected with whom, for Graphviz, as this peer sees it")
    static final class Graph extends ApiCommand {

        @Option(names = {"-f", "--file"}, paramLabel = "FILE", description = "write to this file instead")
        private @Nullable Path file;

        @Override
        int run(Session session) throws Complaint {
            RestRequest request = RestRequest.get("/health/graph");
            return file == null ? session.show(request, new GraphText()) : write(session, request, file);
        }

        private static int write(Session session, RestRequest request, Path target) throws Complaint {
            Session.Answer answer = session.ask(request);
            if (answer.value().isPresent()) {
                try {
                    Files.writeString(target, new GraphText().of(answer.value().get()));
                } catch (IOException e) {
                    throw new Complaint("error: " + target + " cannot be written: " + e, ExitCode.LOCAL);
                }
            }
            return session.printer().end(answer.outcome());
        }
    }

    /** {@code health alerts}. */
    @Command(name = "alerts", description = "what people should know of, newest first")
    static final class Alerts extends ApiCommand {

        @Override
        int run(Session session) {
            return session.show(RestRequest.get("/health/alerts"),
                    TextForm.eachOf(new AlertText(session.console().clock())));
        }
    }
}
