package io.pinfold.cli.service;

import io.pinfold.cli.console.CommandGroup;
import io.pinfold.cli.console.Complaint;
import io.pinfold.follower.config.Setting;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code config}. */
@Command(name = "config", description = "the peer's configuration", subcommands = ConfigCommand.Show.class)
final class ConfigCommand extends CommandGroup {

    /** {@code config show}. */
    @Command(name = "show", description = "every key, its value in force, and where that comes from; no passwords")
    static final class Show extends FolderCommand {

        @Option(names = "--set", paramLabel = "KEY=VALUE", description = "as if the daemon were started with it")
        private List<String> options = new ArrayList<>();

        @Override
        void run(Service service, PeerFolder folder) throws Complaint {
            folder.open();
            List<Setting> settings = new Configuration(service.console(), folder)
                    .load(folder.template(), options)
                    .settings();
            StringBuilder text = new StringBuilder();
            ArrayNode json = JsonNodeFactory.instance.arrayNode();
            for (Setting setting : settings) {
                text.append(setting.key()).append(" = ").append(setting.value());
                text.append("    (").append(setting.origin()).append(")\n");
                json.addObject()
                        .put("key", setting.key())
                        .put("value", setting.value())
                        .put("origin", setting.origin().toString());
            }
            service.printout().show(text.toString(), json);
        }
    }
}
