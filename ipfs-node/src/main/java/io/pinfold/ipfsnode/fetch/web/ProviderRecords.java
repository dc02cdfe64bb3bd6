package io.pinfold.ipfsnode.fetch.web;

import io.pinfold.ipfsnode.fetch.web.WebBody.BadAnswerException;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Reads what a router says of providers: one JSON object with a list, or a line of JSON for each.
 *
 * <p>Taken are plain TCP addresses of peers that speak Bitswap, or of which it is not told. Reading ends when there are enough.
 */
final class ProviderRecords {

    /** The most addresses that are taken, and of each peer. */
    static final int MAX_ADDRESSES = 64;
    static final int MAX_OF_PEER = 8;
    /** The most bytes of an answer, and of a line of it. */
    static final int MAX_ANSWER = 1 << 20;
    static final int MAX_LINE = 64 << 10;
    /** The most records that are looked at. */
    static final int MAX_RECORDS = 1_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String BITSWAP = "transport-bitswap";

    private final boolean nearBy;

    ProviderRecords(boolean nearBy) {
        this.nearBy = nearBy;
    }

    List<Multiaddr> read(WebBody body) throws IOException {
        List<Multiaddr> found = new ArrayList<>();
        if (body.contentType().equals("application/x-ndjson")) {
            readLines(body, found);
        } else {
            JsonNode list = parse(body.all(MAX_ANSWER).toArray()).path("Providers");
            for (int i = 0; i < Math.min(list.size(), MAX_RECORDS) && found.size() < MAX_ADDRESSES; i++) {
                add(list.path(i), found);
            }
        }
        return List.copyOf(found.subList(0, Math.min(found.size(), MAX_ADDRESSES)));
    }

    private void readLines(WebBody body, List<Multiaddr> found) throws IOException {
        int read = 0;
        for (int i = 0; i < MAX_RECORDS && found.size() < MAX_ADDRESSES; i++) {
            Optional<byte[]> line = line(body.stream());
            if (line.isEmpty()) {
                return;
            }
            read += line.get().length;
            if (read > MAX_ANSWER) {
                throw new BadAnswerException("more than " + MAX_ANSWER + " bytes");
            }
            body.gotOn().run();
            if (line.get().length > 1) {
                add(parse(line.get()), found);
            }
        }
    }

    private static Optional<byte[]> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            line.write(c);
            if (c == '\n') {
                return Optional.of(line.toByteArray());
            }
            if (line.size() > MAX_LINE) {
                throw new BadAnswerException("a line of more than " + MAX_LINE + " bytes");
            }
        }
        return line.size() == 0 ? Optional.empty() : Optional.of(line.toByteArray());
    }

    private static JsonNode parse(byte[] json) throws BadAnswerException {
        try {
            return JSON.readTree(json);
        } catch (JacksonException e) {
            throw new BadAnswerException("not JSON: " + e.getOriginalMessage());
        }
    }

    /** Adds the usable addresses of a record; one that we do not understand has none. */
    private void add(JsonNode record, List<Multiaddr> found) {
        JsonNode protocols = record.path("Protocols");
        boolean speaksBitswap = protocols.isEmpty()
                || protocols.valueStream().anyMatch(name -> BITSWAP.equals(name.asString("")));
        if (speaksBitswap && PeerId.parse(record.path("ID").asString("")) instanceof Decoded.Ok<PeerId>(PeerId peer)) {
            record.path("Addrs")
                    .valueStream()
                    .limit(MAX_RECORDS)
                    .map(address -> usable(address.asString(""), peer))
                    .flatMap(Optional::stream)
                    .distinct()
                    .limit(MAX_OF_PEER)
                    .forEach(found::add);
        }
    }

    private Optional<Multiaddr> usable(String text, PeerId peer) {
        return Multiaddr.parse(text)
                .toOptional()
                .filter(Multiaddr::isPlainTcp)
                .filter(address -> address.peerId().isEmpty() || address.peerId().get().equals(peer))
                .filter(address -> nearBy || address.tcpEndpoint().filter(ProviderRecords::isFarOff).isPresent())
                .map(address -> address.withPeer(peer));
    }

    private static boolean isFarOff(InetSocketAddress endpoint) {
        return endpoint.isUnresolved()
                ? !endpoint.getHostString().toLowerCase(Locale.ROOT).endsWith("localhost")
                : PublicAddresses.has(endpoint.getAddress());
    }
}
