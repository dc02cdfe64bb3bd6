package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A list of values of one type: a list in the file; elsewhere separated by commas, nothing for the empty list.
 *
 * @param item the type of an item; its values hold no comma
 * @param min fewest items
 * @param max most items
 */
public record Lists<T>(ValueType<T> item, int min, int max) implements ValueType<List<T>> {

    @Override
    public Decoded<List<T>> parse(RawValue raw) {
        return switch (raw) {
            case RawValue.Text(String text) -> all(split(text.strip()));
            case RawValue.Items(List<String> items) -> all(items);
            case RawValue.Entries _ -> Decoded.refused(Kind.WRONG_TYPE, "a list is due here");
        };
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private Decoded<List<T>> all(List<String> texts) {
        if (texts.size() < min || texts.size() > max) {
            return Decoded.refused(Kind.TOO_MANY, "there are " + texts.size() + " items");
        }
        return Decoded.attempt(() -> {
            List<T> values = new ArrayList<>();
            for (String text : texts) {
                values.add(one(text.strip(), values.size()));
            }
            return List.copyOf(values);
        });
    }

    private T one(String text, int index) throws RefusalException {
        return switch (item.parse(new RawValue.Text(text))) {
            case Decoded.Ok<T>(T value) -> value;
            case Decoded.Refused<T>(Refusal refusal) -> throw new RefusalException(refusal.kind(),
                    "item " + (index + 1) + (item.secret() ? "" : " \"" + text + '"') + ": " + refusal.detail());
        };
    }

    @Override
    public String expected() {
        return "a list of " + min + " to " + max + " items, each " + item.expected();
    }

    @Override
    public String show(List<T> value) {
        return value.stream().map(item::show).collect(Collectors.joining(","));
    }

    @Override
    public boolean secret() {
        return item.secret();
    }
}
