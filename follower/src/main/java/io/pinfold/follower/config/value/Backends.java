package io.pinfold.follower.config.value;

import io.pinfold.ipfs.BackendAddress;
import io.pinfold.multiformats.Decoded;

/** A connection string of an IPFS node or pinning service; it may hold a password. */
public record Backends() implements ValueType<BackendAddress> {

    @Override
    public Decoded<BackendAddress> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(BackendAddress::parse);
    }

    @Override
    public String expected() {
        return "a connection string such as " + BackendAddress.DEFAULT;
    }

    @Override
    public String show(BackendAddress value) {
        return value.toString();
    }

    @Override
    public boolean secret() {
        return true;
    }
}
