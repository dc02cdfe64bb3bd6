package io.pinfold.follower.config.value;

import io.pinfold.ipfsnode.fetch.web.WebPlace;
import io.pinfold.multiformats.Decoded;

/** The base address of a web server. */
public record WebPlaces() implements ValueType<WebPlace> {

    @Override
    public Decoded<WebPlace> parse(RawValue raw) {
        return ValueType.text(raw).flatMap(WebPlace::parse);
    }

    @Override
    public String expected() {
        return "the address of a server such as https://example.org";
    }

    @Override
    public String show(WebPlace value) {
        return value.toString();
    }
}
