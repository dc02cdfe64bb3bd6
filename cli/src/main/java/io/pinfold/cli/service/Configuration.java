package io.pinfold.cli.service;

import io.pinfold.cli.console.Complaint;
import io.pinfold.cli.console.Console;
import io.pinfold.cli.console.HostName;
import io.pinfold.follower.config.ConfigLoader;
import io.pinfold.follower.config.ConfigProblem;
import io.pinfold.follower.config.ConfigResult;
import io.pinfold.follower.config.ConfigSources;
import io.pinfold.follower.config.PeerConfig;
import io.pinfold.follower.config.Schema;
import io.pinfold.follower.config.folder.ConfigFolder;
import io.pinfold.templates.Template;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Loads a peer's configuration from all its layers. */
final class Configuration {

    private final Console console;
    private final PeerFolder folder;

    Configuration(Console console, PeerFolder folder) {
        this.console = console;
        this.folder = folder;
    }

    /** Every key there is. */
    Schema schema() {
        return new Schema(HostName.of(console.environment()));
    }

    /** What is in force with the suggestions of {@code template} and the options {@code --set}. */
    ConfigResult.Loaded load(Optional<Template> template, List<String> options) throws Complaint {
        Map<String, String> suggestions = template.map(Template::settings).orElse(Map.of());
        ConfigSources sources = new ConfigSources(suggestions, folder.path().resolve(ConfigFolder.SERVICE),
                console.environment(), options);
        return switch (new ConfigLoader(schema()).load(sources)) {
            case ConfigResult.Loaded loaded -> loaded;
            case ConfigResult.Invalid(List<ConfigProblem> problems) -> throw new Complaint("error: "
                    + problems.stream().map(ConfigProblem::sentence).collect(Collectors.joining("\nerror: ")),
                    ServiceExit.CONFIGURATION);
        };
    }

    /** The same for a folder that was made. */
    PeerConfig load(List<String> options) throws Complaint {
        return load(folder.template(), options).config();
    }
}
