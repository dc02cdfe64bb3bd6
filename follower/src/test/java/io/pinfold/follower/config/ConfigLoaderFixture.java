package io.pinfold.follower.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A configuration file that a test writes and loads. */
abstract class ConfigLoaderFixture {

    final Schema schema = new Schema("host1");

    @TempDir
    Path folder;

    Path file = Path.of("service.json");

    @BeforeEach
    void place() {
        file = folder.resolve("service.json");
    }

    ConfigResult load(String json, Map<String, String> suggestions, Map<String, String> environment,
            String... options) throws IOException {
        Files.writeString(file, json);
        return new ConfigLoader(schema).load(new ConfigSources(suggestions, file, environment, List.of(options)));
    }

    PeerConfig config(ConfigResult result) {
        if (result instanceof ConfigResult.Loaded(PeerConfig config, _)) {
            return config;
        }
        throw new AssertionError(result);
    }

    List<String> problems(ConfigResult result) {
        return result instanceof ConfigResult.Invalid(List<ConfigProblem> problems)
                ? problems.stream().map(ConfigProblem::sentence).map(text -> text.replace(folder + "/", "")).toList()
                : List.of();
    }

    List<String> problems(String json, String... options) throws IOException {
        return problems(load(json, Map.of(), Map.of(), options));
    }

    static Map<String, Setting> shown(ConfigResult result) {
        return result instanceof ConfigResult.Loaded(_, List<Setting> settings)
                ? settings.stream().collect(Collectors.toMap(Setting::key, Function.identity()))
                : Map.of();
    }
}
