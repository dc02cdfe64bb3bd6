package io.pinfold.api.gateway;

import java.util.Arrays;
import java.util.Optional;

/** What a gateway answers with. */
enum Format {
    /** One block. */
    RAW("raw", "application/vnd.ipld.raw"),
    /** An archive of blocks. */
    CAR("car", "application/vnd.ipld.car"),
    /** What a name stands for. */
    IPNS_RECORD("ipns-record", "application/vnd.ipfs.ipns-record");

    private final String word;
    private final String type;

    Format(String word, String type) {
        this.word = word;
        this.type = type;
    }

    /** How the parameter {@code format} says it. */
    String word() {
        return word;
    }

    /** The media type. */
    String type() {
        return type;
    }

    static Optional<Format> ofWord(String word) {
        return Arrays.stream(values()).filter(format -> format.word.equals(word)).findAny();
    }

    static Optional<Format> ofType(String type) {
        return Arrays.stream(values()).filter(format -> format.type.equalsIgnoreCase(type)).findAny();
    }
}
