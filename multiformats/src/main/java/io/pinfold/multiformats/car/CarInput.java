package io.pinfold.multiformats.car;

import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.MalformedVarintException;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import io.pinfold.multiformats.Varint;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;

/** A stream of sections, which may end at a size given beforehand. */
final class CarInput {

    private final PushbackInputStream stream;
    private long left = Long.MAX_VALUE;

    CarInput(InputStream stream) {
        this.stream = new PushbackInputStream(stream);
    }

    /** From now on the input ends {@code size} bytes further, whatever the stream has. */
    void window(long size) {
        left = size;
    }

    /** Takes a varint of at most {@code max} and as many bytes; empty at the end of the input. */
    Optional<Bytes> readPrefixed(int max) throws IOException, RefusalException {
        if (left == 0) {
            return Optional.empty();
        }
        int first = stream.read();
        if (first < 0) {
            if (left != Long.MAX_VALUE) {
                throw new RefusalException(Kind.TRUNCATED, "data ends " + left + " bytes early");
            }
            return Optional.empty();
        }
        stream.unread(first);
        return Optional.of(readBytes(length(max)));
    }

    Bytes readBytes(int size) throws IOException, RefusalException {
        if (size > left) {
            throw new RefusalException(Kind.TRUNCATED, "data has " + left + " of " + size + " bytes");
        }
        Bytes bytes = Bytes.readFrom(stream, size);
        taken(bytes.size());
        if (bytes.size() < size) {
            throw new RefusalException(Kind.TRUNCATED, "stream has " + bytes.size() + " of " + size + " bytes");
        }
        return bytes;
    }

    void skip(long size) throws IOException, RefusalException {
        try {
            stream.skipNBytes(size);
        } catch (EOFException e) {
            throw new RefusalException(Kind.TRUNCATED, "stream ends within " + size + " bytes of padding");
        }
    }

    private int length(int max) throws IOException, RefusalException {
        try {
            long length = Varint.read(stream, max);
            taken(Varint.sizeOf(length));
            return (int) length;
        } catch (MalformedVarintException e) {
            throw new RefusalException(e.refusal());
        } catch (EOFException e) {
            throw new RefusalException(Kind.TRUNCATED, "stream ends within a length");
        }
    }

    private void taken(int size) throws RefusalException {
        if (left != Long.MAX_VALUE) {
            left -= size;
            if (left < 0) {
                throw new RefusalException(Kind.TRUNCATED, "data ends within a section");
            }
        }
    }
}
