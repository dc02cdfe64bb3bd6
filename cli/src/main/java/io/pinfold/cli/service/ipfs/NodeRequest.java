package io.pinfold.cli.service.ipfs;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** A call of a node's RPC. */
record NodeRequest(String target) {

    /** A call of {@code command}, as in {@code pin/ls}. */
    static NodeRequest of(String command) {
        return new NodeRequest("/api/v0/" + command);
    }

    /** The call with one more parameter. */
    NodeRequest with(String name, Object value) {
        String encoded = URLEncoder.encode(value.toString(), StandardCharsets.UTF_8).replace("+", "%20");
        return new NodeRequest(target + (target.indexOf('?') < 0 ? "?" : "&") + name + "=" + encoded);
    }
}
