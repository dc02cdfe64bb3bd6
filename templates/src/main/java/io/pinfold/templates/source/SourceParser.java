package io.pinfold.templates.source;

import io.pinfold.multiformats.Cid;
import io.pinfold.multiformats.Decoded;
import io.pinfold.multiformats.Multiaddr;
import io.pinfold.multiformats.PeerId;
import io.pinfold.multiformats.Refusal.Kind;
import io.pinfold.multiformats.RefusalException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Tells sources apart. */
final class SourceParser {

    private static final int MAX_TEXT = 2048;
    private static final String VIA = "via=";
    private static final Pattern DOMAIN = Pattern.compile(
            "([A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?\\.)+[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.?");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

    private SourceParser() {}

    static Decoded<TemplateSource> parse(String text) {
        if (text.isBlank() || text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            return Decoded.refused(Kind.MALFORMED, "not the place of a template");
        }
        if (text.startsWith("/ipns/") || text.startsWith("/ipfs/")) {
            return ipfs(text.substring(1, 5), text.substring(6));
        }
        if (SCHEME.matcher(text).matches()) {
            String scheme = text.substring(0, text.indexOf(':')).toLowerCase(Locale.ROOT);
            return switch (scheme) {
                case "ipns", "ipfs" -> ipfs(scheme, text.substring(7));
                case "https", "http" -> web(text);
                default -> Decoded.refused(Kind.UNSUPPORTED,
                        scheme + ":// is not known; known are /ipns/…, /ipfs/…, https://… and files");
            };
        }
        return file(text);
    }

    private static Decoded<TemplateSource> ipfs(String namespace, String text) {
        int query = namespace.equals("ipns") ? text.indexOf("?" + VIA) : -1;
        String rest = query < 0 ? text : text.substring(0, query);
        int slash = rest.indexOf('/');
        String root = slash < 0 ? rest : rest.substring(0, slash);
        String path = slash < 0 ? "" : rest.substring(slash).replaceAll("/+$", "");
        if (namespace.equals("ipfs")) {
            return Cid.parse(root).map(_ -> new TemplateSource.Content(root, path));
        }
        return isName(root)
                ? (query < 0 ? Decoded.ok(List.<Multiaddr>of()) : via(text.substring(query + 1)))
                        .map(via -> new TemplateSource.Name(root, path, via))
                : Decoded.refused(Kind.MALFORMED, "\"" + root + "\" is neither the name of a key nor a domain");
    }

    private static Decoded<List<Multiaddr>> via(String query) {
        return Decoded.attempt(() -> {
            List<Multiaddr> via = new ArrayList<>();
            for (String part : query.split("&", -1)) {
                if (!part.startsWith(VIA) || via.size() == TemplateSource.Name.MAX_VIA) {
                    throw new RefusalException(Kind.MALFORMED,
                            "behind '?' stand at most " + TemplateSource.Name.MAX_VIA + " times via=ADDRESS");
                }
                Multiaddr address = Multiaddr.parse(part.substring(VIA.length())).orRefuse();
                if (address.peerId().isEmpty()) {
                    throw new RefusalException(Kind.MALFORMED, "the address behind via= does not end with /p2p/PEER");
                }
                via.add(address);
            }
            return via;
        });
    }

    private static boolean isName(String root) {
        return DOMAIN.matcher(root).matches() || PeerId.parse(root) instanceof Decoded.Ok<PeerId>;
    }

    private static Decoded<TemplateSource> web(String text) {
        try {
            URI uri = new URI(text);
            return WebRules.allows(uri)
                    ? Decoded.ok(new TemplateSource.Web(uri))
                    : Decoded.refused(Kind.UNSUPPORTED, WebRules.RULE);
        } catch (URISyntaxException e) {
            return Decoded.refused(Kind.MALFORMED, "not a URL: " + e.getReason());
        }
    }

    private static Decoded<TemplateSource> file(String text) {
        try {
            return Decoded.ok(new TemplateSource.LocalFile(Path.of(text)));
        } catch (InvalidPathException e) {
            return Decoded.refused(Kind.MALFORMED, "not a path: " + e.getReason());
        }
    }
}
