package io.pinfold.follower.config;

import io.pinfold.follower.config.value.RawValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the layers on one another and judges the whole. */
public final class ConfigLoader {

    /** Variables that begin like ours and set no key: the folder, the client's credentials, the launchers' JVM. */
    static final Set<String> OTHER_VARIABLES = Set.of("PINFOLD_PATH", "PINFOLD_CREDENTIALS", "PINFOLD_JAVA_HOME",
            "PINFOLD_JAVA_OPTS");

    private final Schema schema;

    /** A loader for these keys. */
    public ConfigLoader(Schema schema) {
        this.schema = schema;
    }

    /** The configuration that {@code sources} make, or everything that is wrong with them. */
    public ConfigResult load(ConfigSources sources) {
        Settings settings = new Settings();
        suggestions(sources.suggestions(), settings);
        new ServiceFile(schema).read(sources.file(), settings);
        environment(sources.environment(), settings);
        options(sources.options(), settings);
        if (settings.problems().isEmpty()) {
            schema.check(settings);
        }
        List<ConfigProblem> problems = settings.problems();
        if (!problems.isEmpty()) {
            return new ConfigResult.Invalid(problems);
        }
        return new ConfigResult.Loaded(schema.build(settings),
                schema.keys().stream().<Setting>map(settings::show).toList());
    }

    private void suggestions(Map<String, String> suggestions, Settings settings) {
        new TreeMap<>(suggestions).forEach((id, text) -> schema.find(id)
                .ifPresentOrElse(
                        key -> settings.suggest(key, text),
                        () -> unknown(id, new Origin.Template(), settings)));
    }

    private void environment(Map<String, String> environment, Settings settings) {
        new TreeMap<>(environment).forEach((name, text) -> {
            if (name.startsWith(Key.VARIABLE_PREFIX) && !OTHER_VARIABLES.contains(name)) {
                Origin origin = new Origin.Variable(name);
                schema.findVariable(name)
                        .ifPresentOrElse(
                                key -> settings.set(key, new RawValue.Text(text), origin),
                                () -> settings.report(new ConfigProblem.UnknownKey(name, origin,
                                        Nearest.of(name, schema.variables()))));
            }
        });
    }

    private void options(List<String> options, Settings settings) {
        for (String option : options) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                settings.report(new ConfigProblem.BadOption(option));
            } else {
                set(option.substring(0, equals).strip(), option.substring(equals + 1), new Origin.Option(), settings);
            }
        }
    }

    private void set(String id, String text, Origin origin, Settings settings) {
        schema.find(id)
                .ifPresentOrElse(
                        key -> settings.set(key, new RawValue.Text(text), origin),
                        () -> unknown(id, origin, settings));
    }

    private void unknown(String id, Origin origin, Settings settings) {
        settings.report(new ConfigProblem.UnknownKey(id, origin, Nearest.of(id, schema.names())));
    }
}
