package io.pinfold.ipfsnode.ipns;

import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A path below a name, such as {@code /ipns/k51…/docs?via=/ip4/192.0.2.7/tcp/4001/p2p/12D3Koo…}.
 *
 * @param root what the path begins at
 * @param rest what follows the root, empty or beginning with a slash
 * @param via peers to ask, each address ending with the peer, at most {@value #MAX_VIA}
 */
public record NamePath(Root root, String rest, List<Multiaddr> via) {

    /** The most peers to ask that a path names. */
    public static final int MAX_VIA = 4;

    private static final int MAX_TEXT = 8 << 10;
    private static final String START = "/ipns/";
    private static final String VIA = "via=";
    private static final Pattern DOMAIN = Pattern.compile(
            "([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int MAX_DOMAIN = 253;

    /** Copies the list. */
    public NamePath {
        via = List.copyOf(via);
    }

    /** What a path begins at. */
    public sealed interface Root {

        /** A name that is a key. */
        record Key(IpnsName name) implements Root {}

        /** A name of the domain name system, in lower case and without a last dot, whose DNSLink is followed. */
        record Domain(String name) implements Root {}
    }

    /** The path that {@code text} spells. */
    public static Decoded<NamePath> parse(String text) {
        return Decoded.attempt(() -> {
            if (text.length() > MAX_TEXT || !text.startsWith(START)) {
                throw new RefusalException(Kind.MALFORMED, "not a path that begins with " + START);
            }
            int question = text.indexOf("?" + VIA);
            String path = text.substring(START.length(), question < 0 ? text.length() : question);
            int slash = path.indexOf('/');
            String root = slash < 0 ? path : path.substring(0, slash);
            String rest = slash < 0 ? "" : path.substring(slash).replaceAll("/+$", "");
            return new NamePath(root(root), rest, question < 0 ? List.of() : via(text.substring(question + 1)));
        });
    }

    private static Root root(String text) throws RefusalException {
        Decoded<IpnsName> name = IpnsName.parse(text);
        if (name instanceof Decoded.Ok<IpnsName>(IpnsName key)) {
            return new Root.Key(key);
        }
        String domain = text.toLowerCase(Locale.ROOT).replaceAll("\\.$", "");
        if (domain.length() > MAX_DOMAIN || !DOMAIN.matcher(domain).matches()) {
            throw new RefusalException(Kind.MALFORMED,
                    "what stands behind " + START + " is neither a key nor a domain");
        }
        return new Root.Domain(domain);
    }

    private static List<Multiaddr> via(String query) throws RefusalException {
        List<Multiaddr> via = new ArrayList<>();
        for (String part : query.split("&", -1)) {
            if (!part.startsWith(VIA) || via.size() == MAX_VIA) {
                throw new RefusalException(Kind.MALFORMED,
                        "behind '?' stand at most " + MAX_VIA + " times via=ADDRESS");
            }
            Multiaddr address = Multiaddr.parse(part.substring(VIA.length())).orRefuse();
            if (address.peerId().isEmpty()) {
                throw new RefusalException(Kind.MALFORMED, "the address behind via= does not end with /p2p/PEER");
            }
            via.add(address);
        }
        return via;
    }
}
