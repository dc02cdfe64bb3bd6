package io.pinfold.follower.config.value;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;

/** How values of one kind are written, and which are allowed. */
public interface ValueType<T> {

    /** The value that {@code raw} means; the refusal says which part is wrong, and nothing secret. */
    Decoded<T> parse(RawValue raw);

    /** What is allowed, as the end of the sentence "expected …". */
    String expected();

    /** How {@code value} is shown: as it could be written on one line, with secrets replaced. */
    String show(T value);

    /** Whether {@code raw} may hold a secret, so that messages must not repeat it. */
    default boolean secret() {
        return false;
    }

    /** The one text of {@code raw}. */
    static Decoded<String> text(RawValue raw) {
        return raw instanceof RawValue.Text(String text)
                ? Decoded.ok(text.strip())
                : Decoded.refused(Refusal.Kind.WRONG_TYPE, "a single value is due here");
    }
}
