package io.pinfold.ipfsnode.pins;

import io.pinfold.multiformats.Cid;
import java.nio.charset.StandardCharsets;

/**
 * The wish that a graph stays here.
 *
 * @param depth levels below the root that belong to it, 0 for the root alone (a direct pin), {@link #ALL} for no end
 * @param name at most {@value #MAX_NAME} bytes in UTF-8, perhaps empty
 */
public record Pin(Cid root, int depth, String name) {

    /** No end of levels: a recursive pin. */
    public static final int ALL = Integer.MAX_VALUE;

    /** The longest name, in bytes. */
    public static final int MAX_NAME = 255;

    /** Checks depth and name. */
    public Pin {
        if (depth < 0 || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw new IllegalArgumentException("a pin's depth is not negative, its name at most 255 bytes long");
        }
    }

    /** Whether the whole graph belongs to it. */
    public boolean isRecursive() {
        return depth == ALL;
    }
}
