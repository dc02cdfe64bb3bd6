package io.pinfold.follower.config;

import io.pinfold.follower.config.value.RawValue;
import io.pinfold.follower.config.value.ValueType;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values set so far, key by key, each with its origin; keys that nobody set have their defaults. */
final class Settings {

    private final Map<Key<?>, Value<?>> values = new HashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private record Value<T>(T value, Origin origin) {}

    /** Sets {@code key} to what {@code raw} means, over what was set before; a value it does not take is a problem. */
    <T> void set(Key<T> key, RawValue raw, Origin origin) {
        set(key, key.type(), raw, origin);
    }

    /** Sets {@code key} to what a template suggests, within the narrower range that templates have. */
    <T> void suggest(Key<T> key, String text) {
        Origin origin = new Origin.Template();
        key.suggested()
                .ifPresentOrElse(
                        range -> set(key, range, new RawValue.Text(text), origin),
                        () -> report(new ConfigProblem.NotForTemplates(key.id())));
    }

    private <T> void set(Key<T> key, ValueType<T> type, RawValue raw, Origin origin) {
        switch (type.parse(raw)) {
            case Decoded.Ok<T>(T value) -> values.put(key, new Value<>(value, origin));
            case Decoded.Refused<T>(Refusal refusal) -> problems.add(new ConfigProblem.InvalidValue(key.id(),
                    type.secret() ? "***" : '"' + raw.shown() + '"', origin, type.expected(),
                    refusal.detail()));
        }
    }

    /** The value of {@code key}. */
    <T> T get(Key<T> key) {
        Value<?> found = values.get(key);
        if (found == null) {
            return key.fallback();
        }
        @SuppressWarnings("unchecked") // set() keeps the types together
        T value = (T) found.value();
        return value;
    }

    /** Notes a problem. */
    void report(ConfigProblem problem) {
        problems.add(problem);
    }

    /** Notes that these keys do not go together unless {@code holds}. */
    void require(boolean holds, String rule, Key<?>... keys) {
        if (!holds) {
            report(new ConfigProblem.Conflict(Arrays.stream(keys).map(Key::id).toList(), rule));
        }
    }

    /** What was noted. */
    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /** {@code key} with its value and origin. */
    <T> Setting show(Key<T> key) {
        Value<?> found = values.get(key);
        Origin origin = found == null ? new Origin.Default() : found.origin();
        return new Setting(key.id(), key.type().show(get(key)), origin);
    }
}
