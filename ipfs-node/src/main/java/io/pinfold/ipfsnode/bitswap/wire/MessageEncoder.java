package io.pinfold.ipfsnode.bitswap.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Varint;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes messages, behind their length, in the form of a version.
 *
 * <p>What a version does not have is left out: below 1.2.0 presences, want types and pending bytes, in 1.0.0 the blocks'
 * prefixes. Fields of their default value are not written.
 */
public final class MessageEncoder {

    private MessageEncoder() {}

    /**
     * The frame of {@code message}: its length as a varint, then its bytes.
     *
     * @throws IllegalArgumentException if it is larger than {@link Message#MAX_SIZE}
     */
    public static byte[] frame(Message message, BitswapVersion version) {
        int size = size(message, version);
        if (size > Message.MAX_SIZE) {
            throw new IllegalArgumentException("a message of " + size + " bytes");
        }
        byte[] frame = new byte[Varint.sizeOf(size) + size];
        int head = Varint.put(frame, 0, size);
        try {
            CodedOutputStream out = CodedOutputStream.newInstance(frame, head, size);
            write(message, version, out);
            out.checkNoSpaceLeft();
            return frame;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Message message, BitswapVersion version, CodedOutputStream out) throws IOException {
        if (!message.wants().isEmpty() || message.full()) {
            open(out, Fields.WANTLIST, wantListSize(message, version));
            for (Want want : message.wants()) {
                open(out, Fields.ENTRIES, wantSize(want, version));
                write(want, version, out);
            }
            if (message.full()) {
                out.writeBool(Fields.FULL, true);
            }
        }
        for (Block block : message.blocks()) {
            if (version == BitswapVersion.V1_0) {
                write(out, Fields.BLOCKS, block.data());
            } else {
                open(out, Fields.PAYLOAD, payloadSize(block));
                out.writeByteArray(Fields.BLOCK_PREFIX, CidPrefix.of(block.cid()).toBytes());
                write(out, Fields.BLOCK_DATA, block.data());
            }
        }
        if (version.hasPresences()) {
            for (Presence presence : message.presences()) {
                open(out, Fields.PRESENCES, presenceSize(presence));
                write(out, Fields.PRESENCE_CID, presence.cid().toBytes());
                if (!presence.have()) {
                    out.writeEnum(Fields.PRESENCE_TYPE, Fields.PRESENCE_DONT_HAVE);
                }
            }
            if (message.pendingBytes() != 0) {
                out.writeInt32(Fields.PENDING_BYTES, message.pendingBytes());
            }
        }
    }

    private static void write(Want want, BitswapVersion version, CodedOutputStream out) throws IOException {
        write(out, Fields.ENTRY_CID, want.cid().toBytes());
        if (want.priority() != 0) {
            out.writeInt32(Fields.ENTRY_PRIORITY, want.priority());
        }
        if (want.kind() == Want.Kind.CANCEL) {
            out.writeBool(Fields.ENTRY_CANCEL, true);
        }
        if (version.hasPresences()) {
            if (want.kind() == Want.Kind.HAVE) {
                out.writeEnum(Fields.ENTRY_TYPE, Fields.TYPE_HAVE);
            }
            if (want.sendDontHave()) {
                out.writeBool(Fields.ENTRY_SEND_DONT_HAVE, true);
            }
        }
    }

    private static void open(CodedOutputStream out, int field, int size) throws IOException {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(size);
    }

    private static void write(CodedOutputStream out, int field, Bytes bytes) throws IOException {
        open(out, field, bytes.size());
        out.write(bytes.toBuffer());
    }

    private static int size(Message message, BitswapVersion version) {
        long size = 0;
        if (!message.wants().isEmpty() || message.full()) {
            size += delimited(wantListSize(message, version));
        }
        for (Block block : message.blocks()) {
            size += delimited(version == BitswapVersion.V1_0 ? block.data().size() : payloadSize(block));
        }
        if (version.hasPresences()) {
            for (Presence presence : message.presences()) {
                size += delimited(presenceSize(presence));
            }
            size += message.pendingBytes() == 0
                    ? 0
                    : CodedOutputStream.computeInt32Size(Fields.PENDING_BYTES, message.pendingBytes());
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    private static int wantListSize(Message message, BitswapVersion version) {
        int size = message.full() ? 2 : 0;
        for (Want want : message.wants()) {
            size += delimited(wantSize(want, version));
        }
        return size;
    }

    private static int wantSize(Want want, BitswapVersion version) {
        int flags = (want.kind() == Want.Kind.CANCEL ? 1 : 0)
                + (version.hasPresences() && want.kind() == Want.Kind.HAVE ? 1 : 0)
                + (version.hasPresences() && want.sendDontHave() ? 1 : 0);
        int priority = want.priority() == 0
                ? 0
                : CodedOutputStream.computeInt32Size(Fields.ENTRY_PRIORITY, want.priority());
        return delimited(size(want.cid())) + priority + 2 * flags;
    }

    private static int payloadSize(Block block) {
        return delimited(CidPrefix.of(block.cid()).size()) + delimited(block.data().size());
    }

    private static int presenceSize(Presence presence) {
        return delimited(size(presence.cid())) + (presence.have() ? 0 : 2);
    }

    private static int size(Cid cid) {
        int digest = cid.hash().digest().size();
        int hash = Varint.sizeOf(cid.hash().code()) + Varint.sizeOf(digest) + digest;
        return cid.version() == 0 ? hash : 1 + Varint.sizeOf(cid.codec()) + hash;
    }

    /** The size of a field of {@code size} bytes with its tag, which is one byte for all fields here, and its length. */
    private static int delimited(int size) {
        return 1 + CodedOutputStream.computeUInt32SizeNoTag(size) + size;
    }
}
