package io.pinfold.libp2p.noise;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a peer says of itself within the handshake: libp2p's {@code NoiseHandshakePayload}.
 *
 * @param identityKey the identity key, in libp2p's protobuf form
 * @param identitySignature the identity key's signature over the static key
 * @param streamMuxers the multiplexers it speaks, the best first; none if it does not negotiate them here
 */
record NoisePayload(Bytes identityKey, Bytes identitySignature, List<String> streamMuxers) {

    /** Most multiplexers that are read. */
    static final int MAX_MUXERS = 32;

    private static final int KEY = 1;
    private static final int SIGNATURE = 2;
    private static final int EXTENSIONS = 4;
    private static final int STREAM_MUXERS = 2;

    NoisePayload {
        streamMuxers = List.copyOf(streamMuxers);
    }

    /** The message's bytes. */
    byte[] toBytes() {
        try {
            ByteArrayOutputStream target = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(target);
            out.writeByteArray(KEY, identityKey.toArray());
            out.writeByteArray(SIGNATURE, identitySignature.toArray());
            if (!streamMuxers.isEmpty()) {
                out.writeByteArray(EXTENSIONS, extensions());
            }
            out.flush();
            return target.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] extensions() throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(target);
        for (String muxer : streamMuxers) {
            out.writeString(STREAM_MUXERS, muxer);
        }
        out.flush();
        return target.toByteArray();
    }

    /** Reads a message; fields that we do not know are passed over, a missing key or signature is empty. */
    static Decoded<NoisePayload> decode(byte[] message) {
        try {
            CodedInputStream in = CodedInputStream.newInstance(message);
            Bytes key = Bytes.EMPTY;
            Bytes signature = Bytes.EMPTY;
            List<String> muxers = new ArrayList<>();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case (KEY << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> key = bytes(in);
                    case (SIGNATURE << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED -> signature = bytes(in);
                    case (EXTENSIONS << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
                        readExtensions(in.readByteArray(), muxers);
                    default -> in.skipField(tag);
                }
                if (muxers.size() > MAX_MUXERS) {
                    return Decoded.refused(Refusal.Kind.TOO_MANY, "more than " + MAX_MUXERS + " multiplexers");
                }
            }
            return Decoded.ok(new NoisePayload(key, signature, muxers));
        } catch (IOException e) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "the payload is not a protobuf message");
        }
    }

    private static void readExtensions(byte[] message, List<String> muxers) throws IOException {
        CodedInputStream in = CodedInputStream.newInstance(message);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == ((STREAM_MUXERS << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED)) {
                muxers.add(in.readStringRequireUtf8());
            } else {
                in.skipField(tag);
            }
        }
    }

    private static Bytes bytes(CodedInputStream in) throws IOException {
        ByteString value = in.readBytes();
        return Bytes.copyOf(value.toByteArray());
    }
}
