package io.pinfold.follower.config;

import io.pinfold.follower.config.value.ValueType;
import java.util.Locale;
import java.util.Optional;

/**
 * A configuration key: its name, the type of its values, and the value in force when nobody sets it.
 *
 * @param id section and name, joined by dots, for example {@code cluster.listen} or {@code api.rest.listen}
 * @param suggested what of it a template may suggest, narrower than {@code type}; none for most keys
 */
public record Key<T>(String id, ValueType<T> type, T fallback, Optional<ValueType<T>> suggested) {

    /** What every environment variable of ours begins with. */
    static final String VARIABLE_PREFIX = "PINFOLD_";

    /** A key that no template can suggest a value for. */
    Key(String id, ValueType<T> type, T fallback) {
        this(id, type, fallback, Optional.empty());
    }

    /** A key that a template can suggest a value for, of the narrower {@code range}. */
    Key(String id, ValueType<T> type, T fallback, ValueType<T> range) {
        this(id, type, fallback, Optional.of(range));
    }

    /** The environment variable that sets it, for example {@code PINFOLD_CLUSTER_LISTEN}. */
    public String variable() {
        return VARIABLE_PREFIX + id.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    /** How its default is shown. */
    public String shownDefault() {
        return type.show(fallback);
    }
}
