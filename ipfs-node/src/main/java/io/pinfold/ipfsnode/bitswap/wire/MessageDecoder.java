package io.pinfold.ipfsnode.bitswap.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Refusal;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads messages of every version; fields that a version does not have are read all the same.
 *
 * <p>Refused as a whole: TOO_LONG a message above {@link Message#MAX_SIZE} or a block above {@link Block#MAX_SIZE};
 * TOO_MANY entries, blocks or presences, found before they are kept; MALFORMED what is no protobuf message, a want or
 * presence without a CID, a want of no known type, a prefix that no CID has; UNSUPPORTED a block by a hash function that
 * we cannot compute, the identity function among them. A block's CID is computed here, from its prefix and its data.
 */
public final class MessageDecoder {

    private static final int VARINT = WireFormat.WIRETYPE_VARINT;
    private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final byte[] frame;
    private final CodedInputStream in;
    private final List<Want> wants = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();
    private final List<Presence> presences = new ArrayList<>();
    private boolean full;
    private int pendingBytes;

    private MessageDecoder(byte[] frame, int length) {
        this.frame = frame;
        in = CodedInputStream.newInstance(frame, 0, length);
    }

    /** Reads the message that the first {@code length} bytes of {@code frame} are; the array is not kept. */
    public static Decoded<Message> decode(byte[] frame, int length) {
        if (length > Message.MAX_SIZE) {
            return Decoded.refused(Kind.TOO_LONG, "a message of " + length + " bytes");
        }
        try {
            return Decoded.ok(new MessageDecoder(frame, length).message());
        } catch (RefusalException e) {
            return new Decoded.Refused<>(e.refusal());
        } catch (IOException e) {
            return new Decoded.Refused<>(new Refusal(Kind.MALFORMED, "no protobuf message"));
        }
    }

    private Message message() throws IOException, RefusalException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (Fields.WANTLIST << 3) | BYTES -> nested(this::wantList);
                case (Fields.BLOCKS << 3) | BYTES -> add(CidPrefix.V0, data());
                case (Fields.PAYLOAD << 3) | BYTES -> nested(this::payload);
                case (Fields.PRESENCES << 3) | BYTES -> nested(this::presence);
                case (Fields.PENDING_BYTES << 3) | VARINT -> pendingBytes = in.readInt32();
                default -> in.skipField(tag);
            }
        }
        return new Message(wants, full, blocks, presences, pendingBytes);
    }

    private interface Part {
        void read() throws IOException, RefusalException;
    }

    private void nested(Part part) throws IOException, RefusalException {
        int outer = in.pushLimit(in.readRawVarint32());
        part.read();
        in.checkLastTagWas(0);
        in.popLimit(outer);
    }

    private void wantList() throws IOException, RefusalException {
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (Fields.ENTRIES << 3) | BYTES -> nested(this::want);
                case (Fields.FULL << 3) | VARINT -> full = in.readBool();
                default -> in.skipField(tag);
            }
        }
    }

    private void want() throws IOException, RefusalException {
        require(wants.size() < Message.MAX_WANTS, Kind.TOO_MANY, "wants");
        Bytes cid = Bytes.EMPTY;
        int priority = 0;
        boolean cancel = false;
        int type = Fields.TYPE_BLOCK;
        boolean sendDontHave = false;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (Fields.ENTRY_CID << 3) | BYTES -> cid = cid();
                case (Fields.ENTRY_PRIORITY << 3) | VARINT -> priority = in.readInt32();
                case (Fields.ENTRY_CANCEL << 3) | VARINT -> cancel = in.readBool();
                case (Fields.ENTRY_TYPE << 3) | VARINT -> type = in.readEnum();
                case (Fields.ENTRY_SEND_DONT_HAVE << 3) | VARINT -> sendDontHave = in.readBool();
                default -> in.skipField(tag);
            }
        }
        require(type == Fields.TYPE_BLOCK || type == Fields.TYPE_HAVE, Kind.MALFORMED, "a want of unknown type");
        Want.Kind kind = type == Fields.TYPE_HAVE ? Want.Kind.HAVE : Want.Kind.BLOCK;
        wants.add(new Want(Cid.decode(cid).orRefuse(), priority, cancel ? Want.Kind.CANCEL : kind, sendDontHave));
    }

    private void payload() throws IOException, RefusalException {
        Bytes prefix = Bytes.EMPTY;
        Bytes data = Bytes.EMPTY;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (Fields.BLOCK_PREFIX << 3) | BYTES -> prefix = bytes(CidPrefix.MAX_SIZE, "CID prefix");
                case (Fields.BLOCK_DATA << 3) | BYTES -> data = data();
                default -> in.skipField(tag);
            }
        }
        add(CidPrefix.decode(prefix), data);
    }

    private void add(CidPrefix prefix, Bytes data) throws RefusalException {
        require(blocks.size() < Message.MAX_BLOCKS, Kind.TOO_MANY, "blocks");
        blocks.add(new Block(prefix.cidOf(data), data));
    }

    private void presence() throws IOException, RefusalException {
        require(presences.size() < Message.MAX_PRESENCES, Kind.TOO_MANY, "presences");
        Bytes cid = Bytes.EMPTY;
        int type = Fields.PRESENCE_HAVE;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case (Fields.PRESENCE_CID << 3) | BYTES -> cid = cid();
                case (Fields.PRESENCE_TYPE << 3) | VARINT -> type = in.readEnum();
                default -> in.skipField(tag);
            }
        }
        presences.add(new Presence(Cid.decode(cid).orRefuse(), type == Fields.PRESENCE_HAVE));
    }

    private Bytes cid() throws IOException, RefusalException {
        return bytes(Cid.MAX_BYTES, "CID");
    }

    private Bytes data() throws IOException, RefusalException {
        return bytes(Block.MAX_SIZE, "block");
    }

    /** Takes a field's bytes straight from the frame, so that a block is copied once. */
    private Bytes bytes(int max, String what) throws IOException, RefusalException {
        int length = in.readRawVarint32();
        require(length >= 0 && length <= max, Kind.TOO_LONG, what);
        int at = in.getTotalBytesRead();
        in.skipRawBytes(length);
        return Bytes.copyOf(frame, at, length);
    }

    private static void require(boolean holds, Kind kind, String what) throws RefusalException {
        if (!holds) {
            throw new RefusalException(kind, what);
        }
    }
}
