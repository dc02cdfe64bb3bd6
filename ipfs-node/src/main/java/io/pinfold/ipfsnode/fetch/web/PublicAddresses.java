package io.pinfold.ipfsnode.fetch.web;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Tells addresses on the open network from those that only make sense near by, of which strangers must not make us ask. */
public final class PublicAddresses {

    private PublicAddresses() {}

    /** Whether {@code address} is one on the open network. */
    public static boolean has(InetAddress address) {
        if (address.isAnyLocalAddress() || address.isLoopbackAddress() || address.isLinkLocalAddress()
                || address.isSiteLocalAddress() || address.isMulticastAddress()) {
            return false;
        }
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address ? isPublic6(bytes) : isPublic4(bytes);
    }

    /** IANA's registry of special addresses, as far as the JDK does not know it. */
    private static boolean isPublic4(byte[] ip) {
        int first = ip[0] & 0xff;
        int second = ip[1] & 0xff;
        boolean special = first == 0 || first == 127 || first >= 240
                || (first == 100 && second >= 64 && second < 128)
                || (first == 192 && second == 0 && ip[2] == 0)
                || (first == 198 && (second == 18 || second == 19));
        return !special;
    }

    private static boolean isPublic6(byte[] ip) {
        if ((ip[0] & 0xfe) == 0xfc) {
            return false; // unique local
        }
        boolean translated = ip[0] == 0 && ip[1] == 0x64 && (ip[2] & 0xff) == 0xff && (ip[3] & 0xff) == 0x9b;
        if (translated) {
            return has(embedded(ip, 12));
        }
        boolean sixToFour = ip[0] == 0x20 && ip[1] == 0x02;
        if (sixToFour) {
            return has(embedded(ip, 2));
        }
        return (ip[0] & 0xe0) == 0x20; // all that is handed out today
    }

    private static InetAddress embedded(byte[] ip, int at) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(ip, at, at + 4));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
