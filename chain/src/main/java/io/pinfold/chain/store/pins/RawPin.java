package io.pinfold.chain.store.pins;

/** A pin as the base has it. */
final class RawPin {

    private final byte[] key;
    private final byte[] value;

    RawPin(byte[] key, byte[] value) {
        this.key = key;
        this.value = value;
    }

    byte[] key() {
        return key;
    }

    byte[] value() {
        return value;
    }
}
