package io.pinfold.ipfs.kubo;

import io.pinfold.ipfs.Answer;
import io.pinfold.ipfs.BackendFailure;
import io.pinfold.ipfs.IpfsConfig;
import io.pinfold.multiformats.Block;
import io.pinfold.multiformats.Bytes;
import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Multicodec;
import io.pinfold.multiformats.Multihash;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import tools.jackson.databind.JsonNode;

/** Single blocks: {@code block/put}, many in a request, and {@code block/get}. */
final class BlockCalls {

    /** The biggest block that IPFS nodes exchange. */
    static final int MAX_BLOCK = 2 * 1024 * 1024;

    /** The most blocks in a request. */
    static final int MAX_PARTS = 200;

    /** The most bytes in a request, but for one block that has more. */
    static final int MAX_REQUEST = 8 * 1024 * 1024;

    private final KuboHttp http;
    private final IpfsConfig config;
    private final RandomGenerator random;

    BlockCalls(KuboHttp http, IpfsConfig config, RandomGenerator random) {
        this.http = http;
        this.config = config;
        this.random = random;
    }

    Answer<Integer> put(List<Block> blocks) {
        for (Block block : blocks) {
            if (block.data().size() > MAX_BLOCK) {
                return refused(
                        block.cid() + " has " + block.data().size() + " bytes; blocks have at most " + MAX_BLOCK);
            }
            if (hashName(block.cid()).isEmpty()) {
                return refused(block.cid() + " has a hash function that cannot be asked for");
            }
        }
        for (List<Block> batch : batches(blocks)) {
            if (putBatch(batch) instanceof Answer.Failed<Integer> failed) {
                return failed;
            }
        }
        return new Answer.Got<>(blocks.size());
    }

    /** Blocks that go into one request: of one codec and hash function, and not too many. */
    private static List<List<Block>> batches(List<Block> blocks) {
        Map<List<Long>, List<Block>> open = new LinkedHashMap<>();
        List<List<Block>> full = new ArrayList<>();
        for (Block block : blocks) {
            List<Long> kind = List.of(block.cid().codec(), block.cid().hash().code());
            List<Block> batch = open.computeIfAbsent(kind, key -> new ArrayList<>());
            long bytes = batch.stream().mapToLong(part -> part.data().size()).sum();
            if (!batch.isEmpty() && (batch.size() == MAX_PARTS || bytes + block.data().size() > MAX_REQUEST)) {
                full.add(batch);
                batch = new ArrayList<>();
                open.put(kind, batch);
            }
            batch.add(block);
        }
        full.addAll(open.values());
        return full;
    }

    private Answer<Integer> putBatch(List<Block> batch) {
        Cid first = batch.getFirst().cid();
        Call call = Call.of("block/put")
                .with("cid-codec", "0x" + Long.toHexString(first.codec()))
                .with("mhtype", hashName(first))
                .with("pin", false)
                .body(Multipart.blocks(batch.stream().map(Block::data).toList(), random));
        Answer<Integer> stored = http
                .send(KuboHttp.Lane.CALL, call, Patience.of(config.callTimeout()), body -> check(body, batch))
                .toAnswer();
        return stored.equals(new Answer.Got<>(batch.size())) || stored instanceof Answer.Failed
                ? stored
                : new Answer.Failed<>(new BackendFailure(BackendFailure.Kind.BROKEN_ANSWER,
                        "the daemon did not say of all of " + batch.size() + " blocks that it stored them"));
    }

    /** Kubo answers in the order of the parts; a version 0 CID comes back as version 1. */
    private static int check(AnswerBody body, List<Block> batch) throws IOException {
        JsonLines lines = body.lines(AnswerBody.MAX_LINE);
        int stored = 0;
        for (JsonNode line = lines.next(); line != null; line = lines.next()) {
            String key = AnswerBody.text(line, "Key");
            if (stored == batch.size()) {
                throw new BrokenAnswerException("more blocks than were sent");
            }
            Cid wanted = batch.get(stored).cid();
            if (!key.equals(wanted.toV1().toString())) {
                throw new BrokenAnswerException("block " + wanted + " was stored as " + key);
            }
            stored++;
            body.pulse().beat();
        }
        return stored;
    }

    private static String hashName(Cid cid) {
        long code = cid.hash().code();
        if (code == Multicodec.SHA2_256) {
            return "sha2-256";
        } else if (code == Multicodec.SHA2_512) {
            return "sha2-512";
        } else if (code == Multicodec.BLAKE2B_256) {
            return "blake2b-256";
        } else if (code == Multicodec.BLAKE3) {
            return "blake3";
        }
        return code == Multicodec.IDENTITY ? "identity" : "";
    }

    Answer<Bytes> get(Cid cid, int maxBytes, Duration timeout, boolean offline) {
        Multihash hash = cid.hash();
        if (hash.code() == Multicodec.IDENTITY) {
            return hash.digest().size() <= maxBytes ? new Answer.Got<>(hash.digest()) : refused(cid + " is too big");
        }
        if (!hash.isVerifiable()) {
            return refused("the hash of " + cid + " cannot be checked");
        }
        Call call = Call.of("block/get").arg(cid).with("offline", offline);
        return http.send(offline ? KuboHttp.Lane.CALL : KuboHttp.Lane.NETWORK, call, Patience.of(timeout), body -> {
            Bytes data = Bytes.copyOf(body.bytes(maxBytes));
            if (!hash.verifies(data)) {
                throw new BrokenAnswerException("bytes that are not those of " + cid);
            }
            return data;
        }).toAnswer();
    }

    private static <T> Answer<T> refused(String detail) {
        return new Answer.Failed<>(new BackendFailure(BackendFailure.Kind.REFUSED, detail));
    }
}
