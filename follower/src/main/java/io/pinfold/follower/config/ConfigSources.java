package io.pinfold.follower.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where values may come from, beside the defaults; later ones win.
 *
 * @param suggestions what the template suggests, by key
 * @param file the configuration file, which need not exist
 * @param environment the process's variables
 * @param options the texts given with {@code --set}, in their order
 */
public record ConfigSources(Map<String, String> suggestions, Path file, Map<String, String> environment,
        List<String> options) {

    public ConfigSources {
        suggestions = Map.copyOf(suggestions);
        environment = Map.copyOf(environment);
        options = List.copyOf(options);
    }
}
