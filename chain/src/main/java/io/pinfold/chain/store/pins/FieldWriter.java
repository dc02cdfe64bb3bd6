package io.pinfold.chain.store.pins;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Varint;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Function;

/** Writes varints, length-prefixed bytes, and lists and maps of them with their count before. */
final class FieldWriter {

    private static final int TYPICAL_BYTES = 64;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(TYPICAL_BYTES);

    void number(long value) {
        out.writeBytes(Varint.encode(value));
    }

    void bytes(Bytes bytes) {
        number(bytes.size());
        out.writeBytes(bytes.toArray());
    }

    void text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(utf8.length);
        out.writeBytes(utf8);
    }

    <T> void listUnlessEmpty(List<T> items, Function<T, Bytes> encode) {
        if (!items.isEmpty()) {
            number(items.size());
            items.forEach(item -> bytes(encode.apply(item)));
        }
    }

    void textsUnlessEmpty(SortedMap<String, String> texts) {
        if (!texts.isEmpty()) {
            number(texts.size());
            for (Map.Entry<String, String> entry : texts.entrySet()) {
                text(entry.getKey());
                text(entry.getValue());
            }
        }
    }

    byte[] toArray() {
        return out.toByteArray();
    }
}
