package io.pinfold.templates.source;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/** Looks names up, and tells whether it is at it: so that silent name servers are not taken for a silent web server. */
final class WatchedNames implements DnsResolver {

    private final DnsResolver names;
    private volatile boolean asking;

    WatchedNames(DnsResolver names) {
        this.names = names;
    }

    /** Whether a lookup has begun and not ended. */
    boolean isAsking() {
        return asking;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        asking = true;
        try {
            return names.resolve(host);
        } finally {
            asking = false;
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
