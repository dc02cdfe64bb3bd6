package io.pinfold.libp2p.record;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.pinfold.multiformats.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Small help with protobuf messages. */
public final class Proto {

    private Proto() {}

    /** The tag of a length-delimited field {@code number}. */
    public static int bytesTag(int number) {
        return (number << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED;
    }

    /** The tag of a varint field {@code number}. */
    public static int varintTag(int number) {
        return number << 3;
    }

    /** Writes fields. */
    @FunctionalInterface
    public interface Fields {
        /** Writes them to {@code out}. */
        void write(CodedOutputStream out) throws IOException;
    }

    /** The message of {@code fields}. */
    public static Bytes message(Fields fields) {
        try {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(target);
            fields.write(out);
            out.flush();
            return Bytes.copyOf(target.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes one field. */
    @FunctionalInterface
    public interface FieldReader {
        /** Reads the field of {@code tag} from {@code in}; false if it is not one that is of interest. */
        boolean read(int tag, CodedInputStream in) throws IOException;
    }

    /** Reads every field of {@code message}; what {@code reader} does not want is passed over. */
    public static void read(Bytes message, FieldReader reader) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message.toBuffer());
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!reader.read(tag, in)) {
                in.skipField(tag);
            }
        }
    }

    /** Reads a field of bytes. */
    public static Bytes bytes(CodedInputStream in) throws IOException {
        return Bytes.copyOf(in.readByteArray());
    }
}
