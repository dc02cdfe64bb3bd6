package io.pinfold.libp2p.pubsub.gossip;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames: bounded in size by the caller, in the number of their parts here, before anything is kept.
 *
 * <p>Unknown fields are skipped, as protobuf asks for.
 */
final class RpcDecoder {

    /** Longest topic name in bytes. */
    static final int MAX_TOPIC = 1_024;
    /** Most subscriptions, messages, and control parts of each kind in one frame. */
    static final int MAX_PARTS = 1_000;
    /** Longest message identifier, key, signature or peer id in bytes. */
    static final int MAX_FIELD = 1_024;

    private final int maxIds;
    private final int maxMessage;
    private int ids;

    private RpcDecoder(int maxIds, int maxMessage) {
        this.maxIds = maxIds;
        this.maxMessage = maxMessage;
    }

    static Decoded<Rpc> decode(byte[] frame, GossipConfig config) {
        var decoder = new RpcDecoder(config.maxIdsPerRpc(), config.maxMessage());
        try {
            return Decoded.ok(decoder.rpc(CodedInputStream.newInstance(frame)));
        } catch (Refused e) {
            return Decoded.refused(e.kind, e.detail);
        } catch (InvalidProtocolBufferException e) {
            return Decoded.refused(Refusal.Kind.MALFORMED, "not protobuf: " + e.getMessage());
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory", e);
        }
    }

    private Rpc rpc(CodedInputStream in) throws IOException {
        List<Rpc.Subscription> subscriptions = new ArrayList<>();
        List<WireMessage> messages = new ArrayList<>();
        var control = new Control();
        fields(in, (field, type) -> switch (field) {
            case 1 -> add(subscriptions, subscription(part(in, type)), "subscriptions");
            case 2 -> add(messages, message(part(in, type)), "messages");
            case 3 -> {
                control(part(in, type), control);
                yield true;
            }
            default -> false;
        });
        return new Rpc(subscriptions, messages, control.ihaves, control.iwants, control.grafts, control.prunes);
    }

    private Rpc.Subscription subscription(CodedInputStream in) throws IOException {
        var subscribe = new boolean[1];
        var topic = new String[]{""};
        fields(in, (field, type) -> switch (field) {
            case 1 -> {
                expect(type, WireFormat.WIRETYPE_VARINT);
                subscribe[0] = in.readBool();
                yield true;
            }
            case 2 -> {
                topic[0] = topic(in, type);
                yield true;
            }
            default -> false;
        });
        return new Rpc.Subscription(subscribe[0], topic[0]);
    }

    private WireMessage message(CodedInputStream in) throws IOException {
        @Nullable
        Bytes[] parts = new @Nullable Bytes[7];
        var topic = new String[]{""};
        fields(in, (field, type) -> switch (field) {
            case 1, 3, 5, 6 -> {
                parts[field] = bytes(in, type, MAX_FIELD);
                yield true;
            }
            case 2 -> {
                parts[2] = bytes(in, type, maxMessage);
                yield true;
            }
            case 4 -> {
                topic[0] = topic(in, type);
                yield true;
            }
            default -> false;
        });
        return new WireMessage(Optional.ofNullable(parts[1]), Optional.ofNullable(parts[2]),
                Optional.ofNullable(parts[3]), topic[0], Optional.ofNullable(parts[5]), Optional.ofNullable(parts[6]));
    }

    private void control(CodedInputStream in, Control control) throws IOException {
        fields(in, (field, type) -> switch (field) {
            case 1 -> add(control.ihaves, ihave(part(in, type)), "IHAVE");
            case 2 -> add(control.iwants, ids(part(in, type), 1), "IWANT");
            case 3 -> add(control.grafts, graft(part(in, type)), "GRAFT");
            case 4 -> add(control.prunes, prune(part(in, type)), "PRUNE");
            default -> false;
        });
    }

    private Rpc.IHave ihave(CodedInputStream in) throws IOException {
        var topic = new String[]{""};
        List<Bytes> list = new ArrayList<>();
        fields(in, (field, type) -> switch (field) {
            case 1 -> {
                topic[0] = topic(in, type);
                yield true;
            }
            case 2 -> list.add(id(in, type));
            default -> false;
        });
        return new Rpc.IHave(topic[0], list);
    }

    private List<Bytes> ids(CodedInputStream in, int number) throws IOException {
        List<Bytes> list = new ArrayList<>();
        fields(in, (field, type) -> field == number && list.add(id(in, type)));
        return List.copyOf(list);
    }

    private String graft(CodedInputStream in) throws IOException {
        var topic = new String[]{""};
        fields(in, (field, type) -> {
            if (field == 1) {
                topic[0] = topic(in, type);
            }
            return field == 1;
        });
        return topic[0];
    }

    private Rpc.Prune prune(CodedInputStream in) throws IOException {
        var topic = new String[]{""};
        var backoff = new long[1];
        fields(in, (field, type) -> switch (field) {
            case 1 -> {
                topic[0] = topic(in, type);
                yield true;
            }
            case 3 -> {
                expect(type, WireFormat.WIRETYPE_VARINT);
                backoff[0] = in.readUInt64();
                yield true;
            }
            default -> false;
        });
        return new Rpc.Prune(topic[0], backoff[0]);
    }

    private Bytes id(CodedInputStream in, int type) throws IOException {
        if (++ids > maxIds) {
            throw new Refused(Refusal.Kind.TOO_MANY, "more than " + maxIds + " message ids");
        }
        return bytes(in, type, MAX_FIELD);
    }

    private static String topic(CodedInputStream in, int type) throws IOException {
        return new String(bytes(in, type, MAX_TOPIC).toArray(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static Bytes bytes(CodedInputStream in, int type, int max) throws IOException {
        expect(type, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int length = in.readRawVarint32();
        if (length < 0 || length > max) {
            throw new Refused(Refusal.Kind.TOO_LONG,
                    "a field of " + Integer.toUnsignedLong(length) + " bytes, at most " + max);
        }
        return Bytes.copyOf(in.readRawBytes(length));
    }

    private static CodedInputStream part(CodedInputStream in, int type) throws IOException {
        expect(type, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int length = in.readRawVarint32();
        if (length < 0) {
            throw new Refused(Refusal.Kind.TOO_LONG, "a part of more than 2 GiB");
        }
        return CodedInputStream.newInstance(in.readRawBytes(length));
    }

    private static void expect(int type, int expected) {
        if (type != expected) {
            throw new Refused(Refusal.Kind.WRONG_TYPE, "wire type " + type + " in place of " + expected);
        }
    }

    private static <T> boolean add(List<T> list, T part, String what) {
        if (list.size() == MAX_PARTS) {
            throw new Refused(Refusal.Kind.TOO_MANY, "more than " + MAX_PARTS + " " + what);
        }
        return list.add(part);
    }

    private static void fields(CodedInputStream in, Field reader) throws IOException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (!reader.read(WireFormat.getTagFieldNumber(tag), WireFormat.getTagWireType(tag)) && !in.skipField(tag)) {
                throw new Refused(Refusal.Kind.MALFORMED, "a group ends that never began");
            }
        }
    }

    private interface Field {
        boolean read(int field, int type) throws IOException;
    }

    private static final class Control {
        final List<Rpc.IHave> ihaves = new ArrayList<>();
        final List<List<Bytes>> iwants = new ArrayList<>();
        final List<String> grafts = new ArrayList<>();
        final List<Rpc.Prune> prunes = new ArrayList<>();
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        final transient Refusal.Kind kind;
        final transient String detail;

        Refused(Refusal.Kind kind, String detail) {
            super(detail, null, false, false);
            this.kind = kind;
            this.detail = detail;
        }
    }
}
