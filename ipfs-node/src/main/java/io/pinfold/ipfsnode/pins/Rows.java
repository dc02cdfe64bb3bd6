package io.pinfold.ipfsnode.pins;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The values of the rows of pins, sessions and links: varints, and bytes and texts behind their lengths. */
final class Rows {

    private Rows() {}

    static Bytes encode(Pinned pinned) {
        return write(out -> {
            out.writeUInt64NoTag(pinned.holder());
            writePin(out, pinned.pin());
        });
    }

    static Pinned decodePinned(Bytes row) {
        return read(row, in -> {
            long holder = in.readUInt64();
            return new Pinned(readPin(in), holder);
        });
    }

    static Bytes encode(SessionRow session) {
        return write(out -> {
            out.writeBoolNoTag(session.isOpen());
            out.writeUInt64NoTag(session.progress().blocks());
            out.writeUInt64NoTag(session.progress().bytes());
            out.writeUInt64NoTag(session.owned());
            out.writeBoolNoTag(session.pin().isPresent());
            if (session.pin().isPresent()) {
                writePin(out, session.pin().get());
            }
        });
    }

    static SessionRow decodeSession(long id, Bytes row) {
        return read(row, in -> {
            SessionRow.Stage stage = in.readBool() ? SessionRow.Stage.OPEN : SessionRow.Stage.ABORTED;
            Progress progress = new Progress(in.readUInt64(), in.readUInt64());
            long owned = in.readUInt64();
            Optional<Pin> pin = in.readBool() ? Optional.of(readPin(in)) : Optional.empty();
            return new SessionRow(id, pin, stage, progress, owned);
        });
    }

    static Bytes encode(Collection<Bytes> keys) {
        return write(out -> {
            for (Bytes key : keys) {
                out.writeByteArrayNoTag(key.toArray());
            }
        });
    }

    static List<Bytes> decodeKeys(Bytes row) {
        return read(row, in -> {
            List<Bytes> keys = new ArrayList<>();
            while (!in.isAtEnd()) {
                keys.add(Bytes.copyOf(in.readByteArray()));
            }
            return keys;
        });
    }

    private static void writePin(CodedOutputStream out, Pin pin) throws IOException {
        out.writeUInt32NoTag(pin.depth());
        out.writeStringNoTag(pin.name());
        out.writeByteArrayNoTag(pin.root().toBytes().toArray());
    }

    private static Pin readPin(CodedInputStream in) throws IOException {
        int depth = in.readUInt32();
        String name = in.readStringRequireUtf8();
        return new Pin(Cid.decode(Bytes.copyOf(in.readByteArray())).orElseThrow(), depth, name);
    }

    private interface Writer {
        void write(CodedOutputStream out) throws IOException;
    }

    private interface Reader<T> {
        T read(CodedInputStream in) throws IOException;
    }

    private static Bytes write(Writer writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            writer.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(bytes.toByteArray());
    }

    private static <T> T read(Bytes row, Reader<T> reader) {
        try {
            return reader.read(CodedInputStream.newInstance(row.toArray()));
        } catch (IOException e) {
            throw new IllegalStateException("a row that was never written: " + row, e);
        }
    }
}
