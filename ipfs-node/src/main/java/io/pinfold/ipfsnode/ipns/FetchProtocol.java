package io.pinfold.ipfsnode.ipns;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.pinfold.libp2p.Host;
import io.pinfold.libp2p.RequestResponse;
import io.pinfold.libp2p.RequestResponse.Limits;
import io.pinfold.libp2p.RequestResponse.Outcome;
import io.pinfold.libp2p.StreamHandler;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.PeerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * The libp2p protocol by which one peer asks another for the value of a key.
 *
 * <p>The key is called a string in the specification; go-libp2p puts arbitrary bytes there, and so do we.
 *
 * @see <a href="https://github.com/libp2p/specs/tree/master/fetch">the specification</a>
 */
final class FetchProtocol {

    /** Its name. */
    static final String ID = "/libp2p/fetch/0.0.1";

    /** The greatest key, in bytes. */
    static final int MAX_KEY = 1 << 10;

    private static final int OVERHEAD = 16;
    private static final Duration SERVING = Duration.ofSeconds(10);

    private static final int KEY_FIELD = 1;
    private static final int STATUS_FIELD = 1;
    private static final int DATA_FIELD = 2;
    private static final int OK = 0;
    private static final int NOT_FOUND = 1;

    private FetchProtocol() {}

    /** What {@code peer} says is the value of {@code key}, at most {@code most} bytes. */
    static Optional<Bytes> ask(Host host, PeerId peer, Bytes key, int most, Duration timeout) {
        Outcome outcome = RequestResponse.ask(host, peer, ID, request(key),
                new Limits(MAX_KEY + OVERHEAD, most + OVERHEAD, timeout));
        return outcome instanceof Outcome.Answered(Bytes response) ? value(response) : Optional.empty();
    }

    /** Answers others by {@code values}, which has at most {@code most} bytes for a key. */
    static StreamHandler serve(int most, Function<Bytes, Optional<Bytes>> values) {
        return RequestResponse.serve(new Limits(MAX_KEY + OVERHEAD, most + OVERHEAD, SERVING),
                (peer, request) -> response(key(request).flatMap(values)));
    }

    static Bytes request(Bytes key) {
        return message(out -> out.writeByteArray(KEY_FIELD, key.toArray()));
    }

    static Bytes response(Optional<Bytes> value) {
        return message(out -> {
            if (value.isPresent()) {
                out.writeByteArray(DATA_FIELD, value.get().toArray());
            } else {
                out.writeEnum(STATUS_FIELD, NOT_FOUND);
            }
        });
    }

    /** The key of a request; empty if it is none. */
    static Optional<Bytes> key(Bytes request) {
        Fields fields = Fields.read(request, KEY_FIELD);
        return fields.sound ? fields.data.filter(key -> key.size() <= MAX_KEY) : Optional.empty();
    }

    /** The value in a response; empty if it says that there is none, or is no response. */
    static Optional<Bytes> value(Bytes response) {
        Fields fields = Fields.read(response, DATA_FIELD);
        return fields.sound && fields.status == OK ? fields.data : Optional.empty();
    }

    /** The fields of either message that matter. */
    private record Fields(boolean sound, long status, Optional<Bytes> data) {

        static Fields read(Bytes message, int dataField) {
            long status = OK;
            Optional<Bytes> data = Optional.empty();
            int dataTag = dataField << 3 | 2;
            try {
                CodedInputStream in = CodedInputStream.newInstance(message.toBuffer());
                for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                    if (tag == dataTag) {
                        data = Optional.of(Bytes.copyOf(in.readByteArray()));
                    } else if (tag == STATUS_FIELD << 3 && dataField != STATUS_FIELD) {
                        status = in.readUInt64();
                    } else {
                        in.skipField(tag);
                    }
                }
            } catch (IOException e) {
                return new Fields(false, status, Optional.empty());
            }
            return new Fields(true, status, data);
        }
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }

    private static Bytes message(Writing writing) {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(target);
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(target.toByteArray());
    }
}
