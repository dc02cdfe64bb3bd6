package io.pinfold.follower.config;

import io.pinfold.follower.config.value.Choices;
import java.util.List;

/** Keys of {@link LogConfig}. */
final class LogSection implements Section<LogConfig> {

    private final Key<LogConfig.Level> level = new Key<>("log.level", Choices.of(LogConfig.Level.class),
            LogConfig.Level.INFO);

    @Override
    public List<Key<?>> keys() {
        return List.of(level);
    }

    @Override
    public LogConfig build(Settings in) {
        return new LogConfig(in.get(level));
    }
}
