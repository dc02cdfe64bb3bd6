package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** One of a few words, in any case. */
public record Choices<E extends Enum<E>>(List<E> choices) implements ValueType<E> {

    /** The constants of {@code type}. */
    public static <E extends Enum<E>> Choices<E> of(Class<E> type) {
        return new Choices<>(List.of(type.getEnumConstants()));
    }

    @Override
    public Decoded<E> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(this::choice);
    }

    private Decoded<E> choice(String text) {
        for (E choice : choices) {
            if (word(choice).equals(text.toLowerCase(Locale.ROOT))) {
                return Decoded.ok(choice);
            }
        }
        return Decoded.refused(Kind.MALFORMED, "not one of them");
    }

    private String word(E choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String expected() {
        return choices.stream().map(this::word).collect(Collectors.joining(", ", "one of ", ""));
    }

    @Override
    public String show(E value) {
        return word(value);
    }
}
