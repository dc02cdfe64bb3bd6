package io.pinfold.multiformats;

import java.util.Optional;
import java.util.function.Function;

/** The answer of a parser: a value, or the reason why there is none. */
public sealed interface Decoded<T> {

    /** The input was accepted and means {@code value}. */
    record Ok<T>(T value) implements Decoded<T> {}

    /** The input was refused. */
    record Refused<T>(Refusal refusal) implements Decoded<T> {}

    /** The steps of a parser, each of which may refuse. */
    @FunctionalInterface
    interface Attempt<T> {
        /** The parsed value. */
        T run() throws RefusalException;
    }

    /** An accepted {@code value}. */
    static <T> Decoded<T> ok(T value) {
        return new Ok<>(value);
    }

    /** A refusal of {@code kind} for the reason {@code detail}. */
    static <T> Decoded<T> refused(Refusal.Kind kind, String detail) {
        return new Refused<>(new Refusal(kind, detail));
    }

    /** What {@code attempt} returns, or the refusal that it throws. */
    static <T> Decoded<T> attempt(Attempt<T> attempt) {
        try {
            return new Ok<>(attempt.run());
        } catch (RefusalException e) {
            return new Refused<>(e.refusal());
        }
    }

    /** The value, or the refusal thrown on to the enclosing {@link #attempt}. */
    default T orRefuse() throws RefusalException {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Refused<T>(Refusal refusal) -> throw new RefusalException(refusal);
        };
    }

    /**
     * The value, for input that the program itself wrote or has checked.
     *
     * @throws IllegalArgumentException with the refusal if there is none
     */
    default T orElseThrow() {
        return switch (this) {
            case Ok<T>(T value) -> value;
            case Refused<T>(Refusal refusal) -> throw new IllegalArgumentException(refusal.toString());
        };
    }

    /** The value changed by {@code change}, or the same refusal. */
    default <R> Decoded<R> map(Function<? super T, ? extends R> change) {
        return switch (this) {
            case Ok<T>(T value) -> new Ok<>(change.apply(value));
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    /** What {@code next} makes of the value, or the same refusal. */
    default <R> Decoded<R> flatMap(Function<? super T, Decoded<R>> next) {
        return switch (this) {
            case Ok<T>(T value) -> next.apply(value);
            case Refused<T>(Refusal refusal) -> new Refused<>(refusal);
        };
    }

    /** The value, if there is one. */
    default Optional<T> toOptional() {
        return switch (this) {
            case Ok<T>(T value) -> Optional.of(value);
            case Refused<T> _ -> Optional.empty();
        };
    }
}
