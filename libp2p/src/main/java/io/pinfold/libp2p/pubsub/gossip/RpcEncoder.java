package io.pinfold.libp2p.pubsub.gossip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.pinfold.multiformats.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes frames in protobuf, fields in the order of their numbers.
 *
 * @see <a href="https://github.com/libp2p/specs/blob/master/pubsub/gossipsub/gossipsub-v1.1.md#protobuf">protobuf</a>
 */
final class RpcEncoder {

    private RpcEncoder() {}

    static byte[] encode(Rpc rpc) {
        return write(out -> {
            for (Rpc.Subscription subscription : rpc.subscriptions()) {
                bytes(out, 1, write(inner -> {
                    inner.writeBool(1, subscription.subscribe());
                    inner.writeString(2, subscription.topic());
                }));
            }
            for (WireMessage message : rpc.messages()) {
                bytes(out, 2, message(message));
            }
            byte[] control = control(rpc);
            if (control.length > 0) {
                bytes(out, 3, control);
            }
        });
    }

    static byte[] message(WireMessage message) {
        return write(out -> {
            unsignedPart(out, message);
            if (message.signature().isPresent()) {
                bytes(out, 5, message.signature().get().toArray());
            }
            if (message.key().isPresent()) {
                bytes(out, 6, message.key().get().toArray());
            }
        });
    }

    /** The bytes that a message's signature covers, without their prefix. */
    static byte[] signedPart(WireMessage message) {
        return write(out -> unsignedPart(out, message));
    }

    private static void unsignedPart(CodedOutputStream out, WireMessage message) throws IOException {
        if (message.from().isPresent()) {
            bytes(out, 1, message.from().get().toArray());
        }
        if (message.data().isPresent()) {
            bytes(out, 2, message.data().get().toArray());
        }
        if (message.sequence().isPresent()) {
            bytes(out, 3, message.sequence().get().toArray());
        }
        out.writeString(4, message.topic());
    }

    private static byte[] control(Rpc rpc) {
        return write(out -> {
            for (Rpc.IHave ihave : rpc.ihaves()) {
                bytes(out, 1, write(inner -> {
                    inner.writeString(1, ihave.topic());
                    for (Bytes id : ihave.ids()) {
                        bytes(inner, 2, id.toArray());
                    }
                }));
            }
            for (var ids : rpc.iwants()) {
                bytes(out, 2, write(inner -> {
                    for (Bytes id : ids) {
                        bytes(inner, 1, id.toArray());
                    }
                }));
            }
            for (String topic : rpc.grafts()) {
                bytes(out, 3, write(inner -> inner.writeString(1, topic)));
            }
            for (Rpc.Prune prune : rpc.prunes()) {
                bytes(out, 4, write(inner -> {
                    inner.writeString(1, prune.topic());
                    inner.writeUInt64(3, prune.backoffSeconds());
                }));
            }
        });
    }

    private static void bytes(CodedOutputStream out, int field, byte[] value) throws IOException {
        out.writeBytes(field, ByteString.copyFrom(value));
    }

    private static byte[] write(Writing writing) {
        var buffer = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(buffer);
        try {
            writing.to(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return buffer.toByteArray();
    }

    private interface Writing {
        void to(CodedOutputStream out) throws IOException;
    }
}
