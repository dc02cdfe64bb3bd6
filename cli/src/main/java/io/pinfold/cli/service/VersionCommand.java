package io.pinfold.cli.service;

import io.pinfold.cli.console.ProgramVersion;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code version}. */
@Command(name = "version", description = "the version of this program")
final class VersionCommand extends FolderCommand {

    @Override
    void run(Service service, PeerFolder folder) {
        String version = ProgramVersion.get();
        service.printout().show(version + "\n", JsonNodeFactory.instance.objectNode().put("version", version));
    }
}
