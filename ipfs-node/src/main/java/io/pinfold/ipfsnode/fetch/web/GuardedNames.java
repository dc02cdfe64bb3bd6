package io.pinfold.ipfsnode.fetch.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/** Gives only the public addresses of a host, so that neither a redirect nor a name server leads us to a neighbour's door. */
final class GuardedNames implements DnsResolver {

    private final DnsResolver names;

    GuardedNames(DnsResolver names) {
        this.names = names;
    }

    /** The host has no public address. */
    static final class NotPublicException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        NotPublicException(String host) {
            super(host + " has no public address");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] usable = Arrays.stream(names.resolve(host))
                .filter(PublicAddresses::has)
                .toArray(InetAddress[]::new);
        if (usable.length == 0) {
            throw new NotPublicException(host);
        }
        return usable;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
