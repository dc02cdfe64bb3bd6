package io.pinfold.cli.follow;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.service.BackendOption;
import io.pinfold.cli.service.DaemonCommand;
import io.pinfold.cli.service.ServiceExit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code NAME run}. */
@Command(name = "run", description = "follow the cluster until told to stop")
final class FollowRunCommand extends FollowCommand {

    @Option(names = "--init", paramLabel = "SOURCE", description = "make the folder first, if it is not there")
    private @Nullable String source;

    @Override
    int run(Follow follow) throws Complaint, InterruptedException {
        if (source != null && !follow.peer().isMade()) {
            FollowInitCommand.init(follow, source, Optional.empty(),
                    BackendOption.with(List.of(), List.of(), follow.peer()), Optional.empty());
        }
        DaemonCommand.run(follow.console(), follow.followed(), List.of(), follow.runner(), follow.signal());
        return ServiceExit.OK;
    }
}
