package io.pinfold.ipfsnode.pins;

/** What became of beginning a pin. */
public sealed interface Begun {

    /** It is under way, perhaps from where it was before a restart. */
    record Started(PinSession session) implements Begun {}

    /** It was there; its name is as it was asked for. */
    record Already(Pin pin) implements Begun {}

    /** Somebody else is at it. */
    record Busy() implements Begun {}

    /** The disk is full or fails. */
    record Trouble(String detail, boolean full) implements Begun {}
}
