package io.pinfold.libp2p.transport;

import io.pinfold.multiformats.Multiaddr;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A host cannot listen at an address: the port is in use, or the address is not this machine's. */
public final class ListenException extends IOException {

    private static final long serialVersionUID = 1L;

    private final String address;

    /** A failure to listen at {@code address}. */
    public ListenException(Multiaddr address, String detail, @Nullable Throwable cause) {
        super("cannot listen at " + address + ": " + detail, cause);
        this.address = address.toString();
    }

    /** The address, printed. */
    public String address() {
        return address;
    }
}
