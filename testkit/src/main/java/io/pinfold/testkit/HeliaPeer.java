package io.pinfold.testkit;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A Helia node in a Node process ({@code tools/helia-peer}), its blocks in memory: with Bitswap over TCP, Noise and Yamux, or with
 * trustless gateways alone.
 *
 * <p>Safe for use by many threads; commands run side by side and throw {@link JsPeer.Failed} if Helia says that they failed.
 */
public final class HeliaPeer implements AutoCloseable {

    private final NodeProcess node;

    private HeliaPeer(Map<String, Object> options) {
        node = new NodeProcess("helia-peer", options);
    }

    /** A node with Bitswap that listens on a free port of loopback. */
    public static HeliaPeer start() {
        return new HeliaPeer(Map.of());
    }

    /** A node without peers that asks the gateway at {@code address}, such as {@code http://127.0.0.1:8080}. */
    public static HeliaPeer withGateway(String address) {
        return new HeliaPeer(Map.of("gateways", List.of(address)));
    }

    /** What came out of a block or a file. */
    public record Content(long size, String sha256) {

        private static Content of(JsonNode answer) {
            return new Content(answer.path("size").asLong(), answer.path("sha256").asString());
        }
    }

    /** An IPNS record, in base64, and the name that it is of. */
    public record NameRecord(String name, String base64) {}

    /** Where it listens, each with {@code /p2p/} and its peer id. */
    public List<String> addresses() {
        return node.addresses();
    }

    /** Dials a multiaddr and gives the peer id found there. */
    public String dial(String address) {
        return node.call("dial", Map.of("address", address)).path("peer").asString();
    }

    /** A block, fetched if need be. */
    public Content block(String cid) {
        return Content.of(node.call("block", Map.of("cid", cid)));
    }

    /** The file at {@code path} below {@code cid}, fetched if need be. */
    public Content cat(String cid, String path) {
        return Content.of(node.call("cat", Map.of("cid", cid, "path", path)));
    }

    /** The names in a folder and what they lead to, fetched if need be. */
    public Map<String, String> ls(String cid) {
        Map<String, String> entries = new TreeMap<>();
        node.call("ls", Map.of("cid", cid))
                .path("entries")
                .forEach(entry -> entries.put(entry.path("name").asString(), entry.path("cid").asString()));
        return entries;
    }

    /** Fetches all below {@code cid} and keeps it. */
    public void pin(String cid) {
        node.call("pin", Map.of("cid", cid));
    }

    /**
     * Makes files, by path, and the folders that they are in; gives what was made, by path.
     *
     * @param files what they have in them; a path that ends with a slash is a folder
     * @param options of {@code ipfs-unixfs-importer}, as {@code profile}, or {@code chunkSize} or {@code maxChildrenPerNode}
     */
    public Map<String, String> add(Map<String, byte[]> files, Map<String, Object> options) {
        List<Map<String, Object>> entries = new ArrayList<>();
        files.forEach((path, content) -> entries.add(path.endsWith("/")
                ? Map.of("path", path.substring(0, path.length() - 1))
                : Map.of("path", path, "content", Base64.getEncoder().encodeToString(content))));
        Map<String, String> made = new LinkedHashMap<>();
        node.call("add", Map.of("files", entries, "options", options))
                .path("made")
                .forEach(entry -> made.put(entry.path("path").asString(), entry.path("cid").asString()));
        return made;
    }

    /** A record of a new Ed25519 key {@code key} that is valid for an hour. */
    public NameRecord createRecord(String key, String value, long sequence) {
        JsonNode made = node.call("ipns-create",
                Map.of("key", key, "value", value, "sequence", sequence, "lifetimeMs", 3_600_000));
        return new NameRecord(made.path("name").asString(), made.path("record").asString());
    }

    /** Checks a record and gives its value. */
    public String checkRecord(NameRecord record) {
        return node.call("ipns-check", Map.of("name", record.name(), "record", record.base64()))
                .path("value")
                .asString();
    }

    @Override
    public void close() {
        node.close();
    }
}
