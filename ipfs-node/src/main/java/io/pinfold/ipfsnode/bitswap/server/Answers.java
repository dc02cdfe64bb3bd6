package io.pinfold.ipfsnode.bitswap.server;

import io.pinfold.ipfsnode.BlockReader;
import io.pinfold.ipfsnode.BlockReader.Found;
import io.pinfold.ipfsnode.bitswap.wire.Message;
import io.pinfold.ipfsnode.bitswap.wire.Presence;
import io.pinfold.ipfsnode.bitswap.wire.Want;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The answers to a peer that go into one message. */
final class Answers {

    /** A block of at most so many bytes is sent where HAVE was asked for, as Kubo does: it costs no more than the answer. */
    static final int SMALL_BLOCK = 1_024;
    /** The greatest number of answers in a message. */
    static final int MAX_ANSWERS = 1_024;

    private final WantLists wants;
    private final BlockReader blocks;
    private final PeerId peer;
    private final List<Block> found = new ArrayList<>();
    private final List<Presence> presences = new ArrayList<>();
    private final List<Want> fulfilled = new ArrayList<>();
    private long bytes;

    private Answers(WantLists wants, BlockReader blocks, PeerId peer) {
        this.wants = wants;
        this.blocks = blocks;
        this.peer = peer;
    }

    /** The answers to what is due for {@code peer}, until its blocks have {@code messageBytes}. */
    static Answers to(PeerId peer, WantLists wants, BlockReader blocks, int messageBytes) {
        Answers answers = new Answers(wants, blocks, peer);
        while (answers.bytes < messageBytes && answers.found.size() + answers.presences.size() < MAX_ANSWERS) {
            Optional<Want> want = wants.poll(peer);
            if (want.isEmpty()) {
                break;
            }
            answers.answer(want.get());
        }
        return answers;
    }

    private void answer(Want want) {
        if (want.kind() == Want.Kind.HAVE) {
            OptionalInt size = blocks.size(want.cid());
            if (size.isPresent() && size.getAsInt() > SMALL_BLOCK) {
                presences.add(new Presence(want.cid(), true));
                fulfilled.add(want);
                return;
            }
            if (size.isEmpty()) {
                lack(want);
                return;
            }
        }
        if (blocks.find(want.cid()) instanceof Found.Present(Bytes data) && data.size() <= Block.MAX_SIZE) {
            add(want.cid(), data);
            fulfilled.add(want);
        } else {
            lack(want);
        }
    }

    private void add(Cid cid, Bytes data) {
        found.add(new Block(cid, data));
        bytes += data.size();
    }

    private void lack(Want want) {
        if (want.sendDontHave()) {
            presences.add(new Presence(want.cid(), false));
        }
    }

    boolean isEmpty() {
        return found.isEmpty() && presences.isEmpty();
    }

    int blockCount() {
        return found.size();
    }

    long blockBytes() {
        return bytes;
    }

    Message message() {
        return Message.ofAnswers(found, presences, 0);
    }

    /** The message was sent. */
    void sent() {
        fulfilled.forEach(want -> wants.fulfilled(peer, want));
    }
}
