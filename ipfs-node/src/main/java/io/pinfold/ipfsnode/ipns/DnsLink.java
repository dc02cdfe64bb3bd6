package io.pinfold.ipfsnode.ipns;

import java.util.List;
import java.util.Optional;

/**
 * What a domain says that it stands for: the text records {@code dnslink=/ipfs/…} or {@code dnslink=/ipns/…} of
 * {@code _dnslink.DOMAIN}, of which the first in the order of their bytes counts.
 *
 * <p>It is as trustworthy as the name server.
 *
 * @see <a href="https://dnslink.dev/">DNSLink</a>
 */
final class DnsLink {

    private static final String PREFIX = "dnslink=";
    private static final String LABEL = "_dnslink.";

    private final TextRecords records;

    DnsLink(TextRecords records) {
        this.records = records;
    }

    /** Asks the domain name system for texts; empty if there are none or nobody answers. */
    @FunctionalInterface
    interface TextRecords {
        /** The texts of {@code domain}. */
        List<String> of(String domain);
    }

    /** The path that {@code domain} links to. */
    Optional<String> of(String domain) {
        return records.of(LABEL + domain)
                .stream()
                .filter(text -> text.startsWith(PREFIX + "/ipfs/") || text.startsWith(PREFIX + "/ipns/"))
                .sorted()
                .findFirst()
                .map(text -> text.substring(PREFIX.length()).strip());
    }
}
